package org.casewire.routing.document;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * How a stranger's file is handed out: it runs nothing, is taken for nothing it is not, lies in no shared cache, and has
 * a name of our own making.
 */
@Component
class SafeHeaders {

    /** What a browser shows without running anything in it; all else is saved. */
    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    /** What a browser, or what opens it there, might run. */
    private static final Set<String> ACTIVE = Set.of(
            "text/html",
            "text/javascript",
            "text/css",
            "application/javascript",
            "application/x-javascript",
            "application/xhtml+xml",
            "application/x-shockwave-flash");

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Types types;

    SafeHeaders(Types types) {
        this.types = types;
    }

    HttpHeaders of(Stored stored, Instant receivedAt) {
        String type = stored.content().type();
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.parseMediaType(isActive(type) ? "application/octet-stream" : type));
        headers.setContentDisposition(ContentDisposition.builder(PICTURES.contains(type) ? "inline" : "attachment")
                .filename(name(stored, receivedAt))
                .build());
        headers.setETag(stored.etag());
        headers.setCacheControl(CacheControl.noCache().cachePrivate());
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        return headers;
    }

    private static boolean isActive(String type) {
        return ACTIVE.contains(type) || type.endsWith("+xml") || type.endsWith("/xml");
    }

    private String name(Stored stored, Instant receivedAt) {
        String ending = isActive(stored.content().type())
                ? ".bin"
                : types.ending(stored.content().type());
        return "received-" + MOMENT.format(receivedAt) + "-" + (stored.number() + 1) + ending;
    }
}
