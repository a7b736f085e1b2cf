package org.casewire.notification;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The way to a mail server; it can keep back what the server says after it took a mail. */
public final class HeldAnswers implements AutoCloseable {

    private static final String END_OF_MAIL = "\r\n.\r\n";

    private final ServerSocket socket;
    private final int server;
    private volatile boolean holding;

    private HeldAnswers(ServerSocket socket, int server) {
        this.socket = socket;
        this.server = server;
    }

    public static HeldAnswers before(int server) {
        try {
            HeldAnswers way = new HeldAnswers(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
            Thread.ofVirtual().start(way::serve);
            return way;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** From now on whoever hands over a mail does not hear whether it was taken. */
    public void hold() {
        holding = true;
    }

    public void letGo() {
        holding = false;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket caller = socket.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket caller) {
        try (caller;
                Socket mail = new Socket(InetAddress.getLoopbackAddress(), server)) {
            boolean[] ended = new boolean[1];
            Thread back = Thread.ofVirtual().start(() -> copyUnlessHeld(mail, caller, ended));
            copy(caller, mail, ended);
            mail.close();
            back.join();
        } catch (IOException | InterruptedException hungUp) {
            // The next caller, or the end.
            return;
        }
    }

    private static void copy(Socket caller, Socket mail, boolean[] ended) throws IOException {
        InputStream in = caller.getInputStream();
        OutputStream out = mail.getOutputStream();
        byte[] some = new byte[8192];
        String tail = "";
        for (int count = in.read(some); count >= 0; count = in.read(some)) {
            tail += new String(some, 0, count, StandardCharsets.ISO_8859_1);
            ended[0] |= tail.endsWith(END_OF_MAIL);
            tail = tail.substring(Math.max(0, tail.length() - END_OF_MAIL.length()));
            out.write(some, 0, count);
            out.flush();
        }
    }

    private void copyUnlessHeld(Socket mail, Socket caller, boolean[] ended) {
        try {
            InputStream in = mail.getInputStream();
            byte[] some = new byte[8192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                if (!holding || !ended[0]) {
                    caller.getOutputStream().write(some, 0, count);
                    caller.getOutputStream().flush();
                }
            }
        } catch (IOException hungUp) {
            // One of them has gone.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
