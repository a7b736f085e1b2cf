package org.casewire.frontdoor.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** Which headers go on to the other side: all but those that belong to one connection, and our own. */
final class ForwardedHeaders {

    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    /** Host, length and expectation are set anew by the client; nobody outside may say where a request came from. */
    private static final Set<String> SET_HERE = Set.of(
            "host",
            "content-length",
            "expect",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-forwarded-prefix",
            "x-forwarded-ssl",
            "x-real-ip");

    private final String ownCookie;

    ForwardedHeaders(String sessionCookie) {
        this.ownCookie = sessionCookie + "=";
    }

    void ofRequest(HttpServletRequest request, BiConsumer<String, String> add) {
        Set<String> named = namedBy(Collections.list(request.getHeaders("Connection")));
        for (String name : Collections.list(request.getHeaderNames())) {
            String key = name.toLowerCase(Locale.ROOT);
            if (OF_ONE_CONNECTION.contains(key) || SET_HERE.contains(key) || named.contains(key)) {
                continue;
            }
            for (String value : Collections.list(request.getHeaders(name))) {
                if (key.equals("cookie")) {
                    addForeignCookies(name, value, add);
                } else {
                    add.accept(name, value);
                }
            }
        }
        addOrigin(request, add);
    }

    static boolean passesBack(String name, Iterable<String> connectionHeaders) {
        String key = name.toLowerCase(Locale.ROOT);
        return !OF_ONE_CONNECTION.contains(key) && !namedBy(connectionHeaders).contains(key);
    }

    /** The sign-in is nobody's but the identity's: a service never sees it. */
    private void addForeignCookies(String name, String cookies, BiConsumer<String, String> add) {
        if (!cookies.contains(ownCookie)) {
            add.accept(name, cookies);
            return;
        }
        StringBuilder foreign = new StringBuilder();
        for (String cookie : cookies.split(";")) {
            if (!cookie.strip().startsWith(ownCookie)) {
                foreign.append(foreign.isEmpty() ? "" : "; ").append(cookie.strip());
            }
        }
        if (!foreign.isEmpty()) {
            add.accept(name, foreign.toString());
        }
    }

    private static void addOrigin(HttpServletRequest request, BiConsumer<String, String> add) {
        int port = request.getServerPort();
        boolean usual = port == ("https".equals(request.getScheme()) ? 443 : 80);
        add.accept("X-Forwarded-For", request.getRemoteAddr());
        add.accept("X-Forwarded-Proto", request.getScheme());
        add.accept("X-Forwarded-Host", request.getServerName() + (usual ? "" : ":" + port));
        add.accept("X-Forwarded-Port", Integer.toString(port));
    }

    private static Set<String> namedBy(Iterable<String> connectionHeaders) {
        Set<String> names = new HashSet<>();
        for (String header : connectionHeaders) {
            for (String name : header.split(",")) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
