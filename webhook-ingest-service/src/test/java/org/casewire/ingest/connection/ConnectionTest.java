package org.casewire.ingest.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.ingest.testing.IngestParts.SITE;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.casewire.events.site.Sites;
import org.casewire.ingest.testing.Call;
import org.casewire.ingest.testing.IngestParts;
import org.casewire.ingest.testing.IngestTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@IngestTest
class ConnectionTest {

    private static final String MESSAGES = "/twilio/" + SITE + "/messages";
    private static final Duration LIMIT = Duration.ofSeconds(16);

    private final int port;
    private final Sites sites;

    ConnectionTest(@LocalServerPort int port, Sites sites) {
        this.port = port;
        this.sites = sites;
    }

    @BeforeEach
    void theSitesAreKnown() {
        IngestParts.publishSites();
        await().until(() -> sites.find(SITE).isPresent());
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Sends the start, then a byte every half second. */
    private final class Trickling implements AutoCloseable {

        private final Socket socket = connected();

        Trickling(String start) throws IOException {
            socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
        }

        boolean isCutOff() {
            try {
                socket.getOutputStream().write('a');
                InputStream in = socket.getInputStream();
                return in.available() > 0
                        && new String(in.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 400");
            } catch (IOException closed) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void clientsThatTrickleAreCutOff() throws Exception {
        String form = MESSAGES + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        List<Trickling> clients = new ArrayList<>();
        for (String start : List.of(
                "POST ",
                "POST " + MESSAGES + " HTTP/1.1\r\nHost: x\r\nX-Slow: ",
                "POST " + form + "Content-Length: 5000\r\n\r\nBody=",
                "POST " + form + "Content-Length: 5000\r\nX-Twilio-Signature: forged\r\n\r\nBody=")) {
            clients.add(new Trickling(start));
        }
        await().atMost(LIMIT).pollInterval(500, TimeUnit.MILLISECONDS).until(() -> {
            clients.removeIf(Trickling::isCutOff);
            return clients.isEmpty();
        });
    }

    @Test
    void aClientThatStopsIsCutOff() throws Exception {
        try (Socket socket = connected()) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write("POST /twilio".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void oneConnectionServesManyRequests() throws Exception {
        Call call = Call.to(MESSAGES, "MessageSid", "SMalive", "From", "+14045550101");
        byte[] request = """
                POST %s HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/x-www-form-urlencoded\r
                X-Twilio-Signature: %s\r
                Content-Length: 38\r
                \r
                MessageSid=SMalive&From=%%2B14045550101""".formatted(MESSAGES, call.signatureSent()).getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = connected()) {
            for (int time = 0; time < 150; time++) {
                socket.getOutputStream().write(request);
                assertThat(answer(socket.getInputStream()))
                        .startsWith("HTTP/1.1 200")
                        .doesNotContain("close");
            }
        }
    }

    private static String answer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("<Response/>")) {
            int next = in.read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "HEAD", "PUT"})
    void everyAnswerTellsBrowsersToMakeNothingOfIt(String method) {
        HttpResponse<String> answer = Call.to(MESSAGES, "MessageSid", "SMsafe", "From", "+14045550101")
                .method(method)
                .send(port);
        assertThat(answer.statusCode()).isEqualTo(method.equals("POST") ? 200 : 405);
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("'none'");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }
}
