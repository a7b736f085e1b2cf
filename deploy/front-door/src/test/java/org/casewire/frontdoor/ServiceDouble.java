package org.casewire.frontdoor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Stands in for a service: notes what reached it and answers with its own name, unless told otherwise. */
final class ServiceDouble {

    /** A request as it arrived. */
    record Seen(String method, String target, Map<String, List<String>> headers, byte[] body) {

        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }

        boolean has(String name) {
            return headers.containsKey(name);
        }
    }

    private final String name;
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final int port;
    private volatile HttpHandler answer = this::ownName;
    private HttpServer server;

    ServiceDouble(String name) {
        this.name = name;
        this.server = open(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer open(int onPort) {
        try {
            HttpServer opened = HttpServer.create(new InetSocketAddress("127.0.0.1", onPort), 0);
            opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            opened.createContext("/", exchange -> {
                try (exchange) {
                    answer.handle(exchange);
                }
            });
            opened.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void stop() {
        server.stop(0);
    }

    void start() {
        server = open(port);
    }

    /** For a service that breaks the protocol; only while the double is stopped. */
    ServerSocket takePort() throws IOException {
        return new ServerSocket(port, 0, InetAddress.getByName("127.0.0.1"));
    }

    void answersWith(HttpHandler handler) {
        answer = handler;
    }

    void forget() {
        answer = this::ownName;
        seen.clear();
    }

    Seen lastSeen() {
        return List.copyOf(seen).getLast();
    }

    boolean sawNothing() {
        return seen.isEmpty();
    }

    void note(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                exchange.getRequestBody().readAllBytes()));
    }

    private void ownName(HttpExchange exchange) throws IOException {
        note(exchange);
        byte[] body = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }
}
