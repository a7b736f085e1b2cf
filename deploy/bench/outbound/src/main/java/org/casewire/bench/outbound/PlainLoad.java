package org.casewire.bench.outbound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Posts texts to the twin with nothing around it: the most that anything could send on this machine. */
final class PlainLoad {

    private final Twin twin;
    private final Texts texts;
    private final AtomicInteger next;
    private final int until;

    private PlainLoad(Twin twin, Texts texts, int from, int until) {
        this.twin = twin;
        this.texts = texts;
        this.next = new AtomicInteger(from);
        this.until = until;
    }

    /** Posts texts from one number to another over so many connections; returns how many came through a second. */
    static double perSecond(Twin twin, Texts texts, int from, int until, int connections) throws InterruptedException {
        PlainLoad load = new PlainLoad(twin, texts, from, until);
        long began = System.nanoTime();
        List<Thread> threads = IntStream.range(0, connections)
                .mapToObj(number -> Thread.ofVirtual().start(load::post))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        return (until - from) * 1e9 / (System.nanoTime() - began);
    }

    private void post() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), twin.port())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (int number = next.getAndIncrement(); number < until; number = next.getAndIncrement()) {
                out.write(request(number));
                skipAnswer(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] request(int number) {
        Twin.Account account = twin.account();
        String form = "To=" + encoded(texts.contact(number)) + "&From=" + encoded(Texts.SENDER) + "&Body="
                + encoded(Texts.body(number)) + "&StatusCallback="
                + encoded("http://127.0.0.1:9/twilio/bench/status?message=" + number);
        String basic = Base64.getEncoder()
                .encodeToString((account.sid() + ":" + account.token()).getBytes(StandardCharsets.US_ASCII));
        String head = "POST /2010-04-01/Accounts/" + account.sid() + "/Messages.json HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Authorization: Basic " + basic
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\n\r\n";
        return (head + form).getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void skipAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.contains(" 201 ")) {
            throw new IOException("The twin answered " + status);
        }
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The twin closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
