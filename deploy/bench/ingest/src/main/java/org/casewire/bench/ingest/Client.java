package org.casewire.bench.ingest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection of the load. */
final class Client implements AutoCloseable {

    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final String LENGTH = "\r\ncontent-length:";

    private final InetSocketAddress server;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(16 * 1024);
    private final ByteBuffer out = ByteBuffer.allocateDirect(4 * 1024);
    private SocketChannel channel;
    private int callback;
    private long began;
    private int refused;

    Client(InetSocketAddress server, Selector selector) throws IOException {
        this.server = server;
        this.selector = selector;
        this.channel = connected();
    }

    private SocketChannel connected() throws IOException {
        SocketChannel open = SocketChannel.open(server);
        open.setOption(StandardSocketOptions.TCP_NODELAY, true);
        open.configureBlocking(false);
        open.register(selector, SelectionKey.OP_READ, this);
        return open;
    }

    /** Posts the next callback; a request always fits into the socket's buffer. */
    void send(Callbacks callbacks, long due) throws IOException {
        callback = callbacks.next();
        began = due;
        in.clear();
        out.clear().put(callbacks.request(callback)).flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Whether the answer is whole now. */
    boolean read(int[] answered) throws IOException {
        boolean open = channel.read(in) >= 0;
        int headers = endOfHeaders();
        if (open && (headers < 0 || in.position() < headers + length(headers))) {
            return false;
        }
        int status = headers < 0 ? 0 : (in.get(STATUS_AT) - '0') * 100 + (in.get(STATUS_AT + 1) - '0') * 10;
        if (status == 200) {
            answered[callback]++;
        } else {
            refused++;
            channel.close();
            channel = connected();
        }
        return true;
    }

    private int endOfHeaders() {
        for (int at = STATUS_AT; at + 4 <= in.position(); at++) {
            if (in.get(at) == '\r' && in.getInt(at) == 0x0D0A0D0A) {
                return at + 4;
            }
        }
        return -1;
    }

    /** Only an answer that is not 204 has a body; here each says how long it is. */
    private int length(int headers) {
        if (in.get(STATUS_AT) == '2' && in.get(STATUS_AT + 2) == '4') {
            return 0;
        }
        byte[] bytes = new byte[headers];
        in.get(0, bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(java.util.Locale.ROOT);
        int at = text.indexOf(LENGTH);
        return at < 0
                ? 0
                : Integer.parseInt(text.substring(at + LENGTH.length(), text.indexOf('\r', at + 2))
                        .strip());
    }

    long began() {
        return began;
    }

    int refused() {
        return refused;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
