package org.casewire.outbound.request;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.Purpose;
import org.casewire.events.SendRequested;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.WireJson;
import org.casewire.events.transport.WireJson.Problem;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.MessageKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns what was written into what will be kept: normalised, with its defaults, and with the verdict on it. */
@Component
class Requests {

    private final Sites sites;
    private final RequestCheck check;
    private final Clock clock;

    Requests(Sites sites, RequestCheck check, Clock clock) {
        this.sites = sites;
        this.check = check;
        this.clock = clock;
    }

    /** @param requestedAt when the upstream asked */
    Checked examine(
            UUID messageId, SendRequested request, List<Problem> problems, Instant requestedAt, String traceParent) {
        Instant now = clock.instant();
        Optional<SiteDocument> site = sites.find(request.site());
        String region = site.map(SiteDocument::region).orElse("US");
        SendRequested normal = normalised(request, region);
        Optional<Rejection> rejection = check.check(normal, problems, site, requestedAt, now);
        Instant sendAt = normal.sendAt();
        return new Checked(
                new MessageKey(normal.site(), messageId),
                orEmpty(normal.to()),
                normal.from(),
                rejection.isEmpty() ? blankToNull(normal.body()) : printable(normal.body()),
                rejection.isEmpty() ? normal.mediaUrls() : List.of(),
                normal.caseRef(),
                rejection.isEmpty() ? normal.sentBy() : printable(normal.sentBy()),
                normal.purpose() == null ? Purpose.CONVERSATION : normal.purpose(),
                normal.audience() == null ? Audience.CLIENT : normal.audience(),
                rejection.isEmpty() ? normal.attributes() : Map.of(),
                sendAt,
                normal.expiresAt(),
                sendAt != null && sendAt.isAfter(now) ? sendAt : now,
                fingerprint(normal, problems),
                traceParent,
                rejection);
    }

    private static SendRequested normalised(SendRequested r, String region) {
        String to = r.to() == null ? null : PhoneNumbers.normalised(r.to(), region);
        String from = r.from() == null ? null : PhoneNumbers.normalised(r.from(), region);
        return new SendRequested(
                r.messageId(),
                r.site(),
                to,
                r.body(),
                r.quickEntry(),
                r.mediaUrls(),
                from,
                r.format(),
                r.caseRef(),
                r.sentBy(),
                r.purpose(),
                r.audience(),
                r.delivery(),
                r.sendAt(),
                r.expiresAt(),
                r.attributes());
    }

    private static String orEmpty(@Nullable String text) {
        String safe = printable(text);
        return safe == null ? "" : safe;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** What the database can keep of a refused text: it knows no U+0000. */
    private static @Nullable String printable(@Nullable String text) {
        return text == null ? null : text.replace("\0", "\uFFFD").substring(0, Math.min(text.length(), 2_000));
    }

    private static byte[] fingerprint(SendRequested request, List<Problem> problems) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(WireJson.MAPPER.writeValueAsBytes(request));
            return digest.digest(WireJson.MAPPER.writeValueAsBytes(problems));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
