package org.casewire.ingest.webhook;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/** What the operator's own proxies say of a request; anybody else's {@code X-Forwarded-*} is never looked at. */
@Component
class Proxies {

    private final List<IpAddressMatcher> trusted;

    Proxies(EdgeProperties properties) {
        this.trusted =
                properties.trustedProxies().stream().map(IpAddressMatcher::new).toList();
    }

    private boolean isTrusted(HttpServletRequest request) {
        return !trusted.isEmpty() && trusted.stream().anyMatch(proxy -> proxy.matches(request.getRemoteAddr()));
    }

    /** Who called: the last that a trusted proxy names, else whoever is connected. */
    String caller(HttpServletRequest request) {
        return isTrusted(request)
                ? last(request, "X-Forwarded-For").orElse(request.getRemoteAddr())
                : request.getRemoteAddr();
    }

    /** The origin a trusted proxy was called at, with its prefix; null when none says so. */
    @Nullable
    String origin(HttpServletRequest request) {
        if (!isTrusted(request)) {
            return null;
        }
        Optional<String> host = last(request, "X-Forwarded-Host");
        return host.map(name -> last(request, "X-Forwarded-Proto").orElse("https") + "://"
                        + withPort(name, last(request, "X-Forwarded-Port"))
                        + last(request, "X-Forwarded-Prefix").orElse(""))
                .orElse(null);
    }

    private static String withPort(String host, Optional<String> port) {
        boolean hasPort = host.matches(".*:\\d+");
        return hasPort ? host : port.map(given -> host + ":" + given).orElse(host);
    }

    /** Of several, the last was added by the proxy that is connected. */
    private static Optional<String> last(HttpServletRequest request, String header) {
        String value = request.getHeader(header);
        return Optional.ofNullable(value)
                .map(given -> given.substring(given.lastIndexOf(',') + 1).strip())
                .filter(given -> !given.isEmpty());
    }
}
