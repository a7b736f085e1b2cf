package org.casewire.routing.document;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Twilio whose files do whatever a test wants; checks credentials as Twilio does, below its API only. */
final class TwilioStub {

    static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    static final String SUB_ACCOUNT = "ACfedcba9876543210fedcba9876543210";
    static final String TOKEN = "own-token";
    static final String NEXT_TOKEN = "sub-or-next-token";

    private static final byte[] NOTHING = {};

    private final HttpServer server;
    private final AtomicInteger names = new AtomicInteger();
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final Map<String, String> passwords = new ConcurrentHashMap<>(Map.of(ACCOUNT, TOKEN));
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

    /** What a file does when it is asked for; the number counts from 1. */
    interface Handler {

        void answer(HttpExchange exchange, int time) throws IOException;
    }

    record Asked(String method, String path, @Nullable String user) {}

    TwilioStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void knows(String account, String password) {
        passwords.put(account, password);
    }

    /** The address of a new file of the account that does this. */
    String file(String account, Handler handler) {
        String path = "/2010-04-01/Accounts/" + account + "/Messages/MM" + names.incrementAndGet() + "/Media/ME"
                + names.incrementAndGet();
        handlers.put(path, handler);
        return url() + path;
    }

    String file(Handler handler) {
        return file(ACCOUNT, handler);
    }

    /** The address of something that needs no credentials. */
    String storage(Handler handler) {
        String path = "/storage/" + names.incrementAndGet();
        handlers.put(path, handler);
        return url() + path;
    }

    static Handler content(String type, byte[] bytes) {
        return (exchange, time) -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Handler packed(String encoding, byte[] bytes) {
        return (exchange, time) -> {
            exchange.getResponseHeaders().set("Content-Encoding", encoding);
            content("image/jpeg", bytes).answer(exchange, time);
        };
    }

    static Handler status(int status) {
        return (exchange, time) -> exchange.sendResponseHeaders(status, -1);
    }

    static Handler redirect(String location) {
        return (exchange, time) -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(307, -1);
        };
    }

    /** Answers in some way so many times, and then in another. */
    static Handler first(int times, Handler way, Handler then) {
        return (exchange, time) -> (time <= times ? way : then).answer(exchange, time);
    }

    List<Asked> asked(String url) {
        String path = url.replace(url(), "");
        return asked.stream().filter(one -> one.path().startsWith(path)).toList();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().replaceFirst("\\.json$", "");
            Optional<String[]> login = login(exchange);
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    login.map(pair -> pair[0]).orElse(null)));
            if (path.startsWith("/2010-04-01/") && !isKnown(path.split("/")[3], login)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            int time = (int) asked.stream()
                    .filter(one -> one.path().equals(exchange.getRequestURI().getPath()))
                    .count();
            handlers.getOrDefault(path, status(404)).answer(exchange, time);
        }
    }

    private boolean isKnown(String account, Optional<String[]> login) {
        return login.filter(pair -> pair[0].equals(account) && pair[1].equals(passwords.get(account)))
                .isPresent();
    }

    private static Optional<String[]> login(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .map(header -> new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8))
                .map(pair -> pair.split(":", 2));
    }

    static byte[] nothing() {
        return NOTHING;
    }
}
