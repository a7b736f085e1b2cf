package org.casewire.twin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.casewire.twin.http.Form;

/** An account's webhooks: keeps what is called and answers as a test wants. */
final class WebhookReceiver implements AutoCloseable {

    record Called(String method, String uri, Form form, String signature, String idempotencyToken) {
        String get(String name) {
            String value = form.first(name);
            return value == null ? "" : value;
        }
    }

    record Reply(int status, String contentType, String body) {
        static Reply noContent() {
            return new Reply(204, "", "");
        }

        static Reply status(int status) {
            return new Reply(status, "text/plain", "");
        }

        static Reply xml(String body) {
            return new Reply(200, "text/xml", body);
        }
    }

    private final HttpServer server;
    private final List<Called> called = new CopyOnWriteArrayList<>();
    private volatile Function<Called, Reply> answer = _ -> Reply.noContent();

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void answer(Function<Called, Reply> how) {
        answer = how;
    }

    List<Called> called() {
        return called;
    }

    /** The calls of status callbacks, as their statuses. */
    List<String> statuses() {
        return called.stream().map(call -> call.get("MessageStatus")).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Called call = new Called(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Form.parse(body),
                exchange.getRequestHeaders().getFirst("X-Twilio-Signature"),
                exchange.getRequestHeaders().getFirst("I-Twilio-Idempotency-Token"));
        called.add(call);
        Reply reply = answer.apply(call);
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
