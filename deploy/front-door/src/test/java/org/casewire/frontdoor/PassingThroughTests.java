package org.casewire.frontdoor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PassingThroughTests extends RunningFrontDoor {

    private final AtomicInteger streams = new AtomicInteger();

    @Test
    void aSignedFormArrivesByteForByte() {
        String form = "Body=a%2bb+c%20d&Body=twice&From=%2B14045550100&Empty=&%C3%A9=%e2%82%ac&x=\u00e9\u00ff";

        send(request("/twilio/demo/status?attempt=1&Body=q&part=a+b%20c")
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("X-Twilio-Signature", "abc+/=")
                .POST(BodyPublishers.ofByteArray(form.getBytes(ISO_8859_1))));

        ServiceDouble.Seen seen = service("ingest").lastSeen();
        assertThat(new String(seen.body(), ISO_8859_1)).isEqualTo(form);
        assertThat(seen.target()).isEqualTo("/twilio/demo/status?attempt=1&Body=q&part=a+b%20c");
        assertThat(seen.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded; charset=UTF-8");
        assertThat(seen.header("X-Twilio-Signature")).isEqualTo("abc+/=");
        assertThat(seen.header("Content-Length")).isEqualTo(Integer.toString(form.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/sites/demo/conversations/%2B14045550100",
                "/api/sites/demo/conversations/+14045550100",
                "/api/sites/demo/alerts/demo%7CCASE%7c16E%20%2f%252B/dismissal",
                "/api/sites/demo/messages-log?text=%C3%A9+%20%2B&until=2026-11-21T00:00:00Z&x&y=&x=1",
                "/api/sites/demo/messages/a;b=c,d:e@f!$&'()*~"
            })
    void anAddressArrivesByteForByte(String target) {
        get(target);

        assertThat(SERVICES.values().stream()
                        .filter(service -> !service.sawNothing())
                        .map(service -> service.lastSeen().target()))
                .containsExactly(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void everyMethodPassesWithItsBody(String method) {
        HttpResponse<String> answer =
                send(request("/api/sites/demo/messages").method(method, BodyPublishers.ofString("{\"é\":1}")));

        assertThat(answer.body()).isEqualTo("outbound");
        assertThat(service("outbound").lastSeen().method()).isEqualTo(method);
        assertThat(new String(service("outbound").lastSeen().body(), UTF_8)).isEqualTo("{\"é\":1}");
    }

    @Test
    void theHeadOfAnAnswerHasItsLengthAndNoBody() {
        HttpResponse<String> answer = send(request("/api/sites").HEAD());

        assertThat(answer.headers().firstValue("Content-Length")).contains("8");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void whereARequestCameFromIsSaidByTheFrontDoorAlone() {
        send(request("/api/sites")
                .header("X-Forwarded-For", "6.6.6.6")
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "for=6.6.6.6"));

        ServiceDouble.Seen seen = service("outbound").lastSeen();
        assertThat(seen.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(seen.header("X-Forwarded-Host")).isEqualTo("127.0.0.1:" + PORT);
        assertThat(seen.header("X-Forwarded-Port")).isEqualTo(Integer.toString(PORT));
        assertThat(seen.header("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(seen.has("Forwarded")).isFalse();
    }

    @Test
    void nothingElseIsAddedOrLost() {
        send(request("/api/sites")
                .header("Authorization", "Bearer abc")
                .header("Accept", "a/b")
                .header("Accept", "c/d")
                .header("traceparent", "00-1-2-01")
                .header("If-Match", "\"7\"")
                .header("Prefer", "wait=5")
                .header("User-Agent", "test")
                .header("Cookie", "theme=dark; casewire-session=secret; lang=en"));

        ServiceDouble.Seen seen = service("outbound").lastSeen();
        assertThat(seen.headers().get("Accept")).containsExactly("a/b", "c/d");
        assertThat(seen.header("Cookie")).isEqualTo("theme=dark; lang=en");
        assertThat(seen.header("If-Match")).isEqualTo("\"7\"");
        assertThat(seen.headers().keySet())
                .extracting(String::toLowerCase)
                .containsExactlyInAnyOrder(
                        "authorization",
                        "accept",
                        "traceparent",
                        "if-match",
                        "prefer",
                        "user-agent",
                        "cookie",
                        "host",
                        "x-forwarded-for",
                        "x-forwarded-host",
                        "x-forwarded-port",
                        "x-forwarded-proto");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 302, 400, 401, 403, 404, 409, 412, 413, 429, 500, 503})
    void anAnswerComesBackAsItWasGiven(int status) {
        service("routing").answersWith(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.getResponseHeaders().set("ETag", "\"v7\"");
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            exchange.getResponseHeaders().add("Set-Cookie", "a=1");
            exchange.getResponseHeaders().add("Set-Cookie", "b=2");
            answer(exchange, status, "{\"code\":\"X\"}");
        });

        HttpResponse<String> answer = get("/api/sites/demo/received/SM1");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"code\":\"X\"}");
        assertThat(answer.headers().firstValue("ETag")).contains("\"v7\"");
        assertThat(answer.headers().firstValue("Location")).contains("/elsewhere");
        assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.headers().map().keySet())
                .extracting(String::toLowerCase)
                // After some of these, Tomcat ends the connection whoever answered.
                .filteredOn(name -> !name.equals("connection"))
                .containsExactlyInAnyOrder(
                        "content-type", "content-length", "date", "etag", "location", "set-cookie", "www-authenticate");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void anAnswerWithoutABodyHasNone(int status) {
        service("ingest").answersWith(exchange -> exchange.sendResponseHeaders(status, -1));

        HttpResponse<String> answer = get("/twilio/demo/status");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aRefusalOfALargeBodyReachesItsSender() {
        service("ingest").answersWith(exchange -> {
            exchange.sendResponseHeaders(413, 0);
            exchange.getResponseBody().flush();
            // As Tomcat does: who closes on a sender that is still busy takes his own answer back with it.
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        });

        HttpResponse<String> answer =
                send(request("/twilio/demo/messages").POST(BodyPublishers.ofByteArray(new byte[1_000_000])));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void largeBodiesPassBothWays() throws Exception {
        byte[] large = new byte[20_000_000];
        new Random(1).nextBytes(large);
        service("routing").answersWith(exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });

        for (var body : new java.net.http.HttpRequest.BodyPublisher[] {
            BodyPublishers.ofByteArray(large), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))
        }) {
            HttpResponse<byte[]> answer =
                    http.send(request("/api/sites/demo/documents/d1").PUT(body).build(), BodyHandlers.ofByteArray());
            assertThat(answer.body()).isEqualTo(large);
        }
    }

    @Test
    void theFirstEventOfAStreamIsThereWhileTheStreamIsOpen() throws Exception {
        CountDownLatch headSeen = new CountDownLatch(1);
        CountDownLatch eventSeen = new CountDownLatch(1);
        service("notification").answersWith(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            waitFor(headSeen);
            exchange.getResponseBody().write("data: one\n\n".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            waitFor(eventSeen);
            exchange.getResponseBody().write("data: two\n\n".getBytes(UTF_8));
        });

        HttpResponse<InputStream> stream =
                http.send(request("/api/sites/demo/users/maria/alerts/stream").build(), BodyHandlers.ofInputStream());

        headSeen.countDown();
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8));
        assertThat(lines.readLine()).isEqualTo("data: one");
        eventSeen.countDown();
        assertThat(lines.lines()).containsExactly("", "data: two", "");
    }

    @Test
    void aServiceLearnsThatTheListenerHasLeft() throws Exception {
        AtomicBoolean told = new AtomicBoolean();
        service("notification").answersWith(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            await().atMost(20, SECONDS).until(() -> !writes(exchange));
            told.set(true);
        });

        try (Socket listener = new Socket("127.0.0.1", PORT)) {
            listener.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
            assertThat(listener.getInputStream().read()).isEqualTo('H');
        }

        await().atMost(20, SECONDS).untilTrue(told);
    }

    @Test
    void moreAtOnceThanThereIsRoomForAreAskedToComeAgain() throws Exception {
        CountDownLatch close = new CountDownLatch(1);
        service("notification").answersWith(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            waitFor(close);
        });
        // Streams of the tests before may still be on their way out.
        await().atMost(20, SECONDS).until(() -> openStreams() >= MOST_AT_ONCE);

        HttpResponse<String> refused = get("/api/sites");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body()).contains("\"code\":\"BUSY\"");
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);

        close.countDown();
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(get("/api/sites").statusCode()).isEqualTo(200));
    }

    private int openStreams() throws IOException, InterruptedException {
        HttpResponse<InputStream> stream = http.send(request("/").build(), BodyHandlers.ofInputStream());
        return stream.statusCode() == 200 ? streams.incrementAndGet() : streams.get();
    }

    @Test
    void anAnswerThatBreaksOffDoesNotLookWhole() throws Exception {
        service("routing").stop();
        try (ServerSocket breaking = service("routing").takePort()) {
            Thread.startVirtualThread(() -> answerHalf(breaking));

            assertThatThrownBy(() -> get("/api/sites/demo/messages-log"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasRootCauseInstanceOf(EOFException.class);
        } finally {
            service("routing").start();
        }
    }

    private static void answerHalf(ServerSocket breaking) {
        try (Socket connection = breaking.accept()) {
            connection.getInputStream().read(new byte[8_192]);
            String half = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na,b\n\r\n";
            connection.getOutputStream().write(half.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aServiceThatIsAwayIsNamed(CapturedOutput log) {
        service("routing").stop();
        try {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = send(request("/api/sites/demo/received/secret-sid?text=secret-text")
                        .POST(BodyPublishers.ofString("secret-body")));

                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(answer.body()).contains("\"code\":\"SERVICE_AWAY\"", "The routing service");
            }
        } finally {
            service("routing").start();
        }
        assertThat(get("/api/sites/demo/received").body()).isEqualTo("routing");
        assertThat(log.getAll())
                .containsOnlyOnce("A service does not answer\",\"backend\":\"routing\"")
                .containsOnlyOnce("A service answers again")
                .doesNotContain("secret");
    }

    @Test
    void aServiceThatDiesBeforeItAnswersIsABadGateway() {
        service("outbound").answersWith(HttpExchange::close);

        HttpResponse<String> answer = send(request("/api/sites/demo/messages").POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("\"code\":\"SERVICE_BROKE_OFF\"");
    }

    @Test
    void aServiceThatTakesTooLongIsAGatewayTimeout() {
        CountDownLatch done = new CountDownLatch(1);
        service("outbound").answersWith(_ -> waitFor(done));

        HttpResponse<String> answer = get("/api/sites/demo/messages");
        done.countDown();

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("\"code\":\"SERVICE_SLOW\"");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static boolean writes(HttpExchange exchange) {
        try {
            OutputStream body = exchange.getResponseBody();
            body.write(": still there\n\n".getBytes(UTF_8));
            body.flush();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
