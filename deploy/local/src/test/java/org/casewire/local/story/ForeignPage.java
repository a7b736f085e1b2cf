package org.casewire.local.story;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A page of another application with our script in it; its server has tokens. It answers to two names. */
final class ForeignPage implements AutoCloseable {

    private final HttpServer server;

    private ForeignPage(HttpServer server) {
        this.server = server;
    }

    static ForeignPage serve(String casewire, Supplier<String> tokens) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        answer(server, "/", "text/html", () -> """
                <!doctype html><html lang="en"><title>Cases</title><h1>Cases</h1><p id="unread"></p>
                <script>addEventListener('casewire-unread', (e) => unread.textContent = e.detail.unread)</script>
                <script src="%s/home/embed.js" data-token-url="/token" async></script></html>
                """.formatted(casewire));
        answer(server, "/token", "application/json", () -> "{\"token\":\"" + tokens.get() + "\"}");
        server.start();
        return new ForeignPage(server);
    }

    private static void answer(HttpServer server, String path, String type, Supplier<String> words) {
        server.createContext(path, exchange -> {
            byte[] body = words.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type + ";charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    /** The name that the site lists. */
    String listedOrigin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** The same page under a name that it does not. */
    String unlistedOrigin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
