package org.casewire.outbound.request;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SendRequested.QuickEntry;
import org.casewire.events.SiteDocument;
import org.casewire.events.Template;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.WireJson;
import org.casewire.events.transport.WireJson.Reading;
import org.casewire.outbound.cases.CaseNumbers;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.quickentry.QuickEntries;
import org.casewire.outbound.quickentry.QuickEntries.Name;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;

/** Turns what was written into what will be kept: normalised, with its defaults, and with the verdict on it. */
@Component
class Requests {

    private static final int LONGEST_KEPT = 2_000;
    private static final int REPLACEMENT = 0xFFFD;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    /** Attributes are the same in whatever order they are written. */
    private static final ObjectWriter IN_ORDER = WireJson.MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final Sites sites;
    private final QuickEntries quickEntries;
    private final CaseNumbers cases;
    private final Composer composer;
    private final RequestCheck check;
    private final Clock clock;

    Requests(
            Sites sites,
            QuickEntries quickEntries,
            CaseNumbers cases,
            Composer composer,
            RequestCheck check,
            Clock clock) {
        this.sites = sites;
        this.quickEntries = quickEntries;
        this.cases = cases;
        this.composer = composer;
        this.check = check;
        this.clock = clock;
    }

    /** Examines a batch, in its order; what needs a question is asked once for all. */
    List<Checked> examine(List<Asked> batch) {
        Map<Name, Template> entries = quickEntries(batch);
        return check.withPicturesSeen(
                batch.stream().map(asked -> examine(asked, entries).checked()).toList());
    }

    /** Examines one request. */
    Checked examine(Asked asked) {
        return examine(List.of(asked)).getFirst();
    }

    /** A request after its check, with the text it comes to even when it is refused. */
    record Examined(Checked checked, Draft draft) {}

    Examined preview(Asked asked) {
        Examined examined = examine(asked, quickEntries(List.of(asked)));
        return new Examined(check.withPicturesSeen(List.of(examined.checked())).getFirst(), examined.draft());
    }

    private Map<Name, Template> quickEntries(List<Asked> batch) {
        Set<Name> names = new HashSet<>();
        for (Asked asked : batch) {
            QuickEntry wanted = asked.request().quickEntry();
            if (wanted != null) {
                names.add(new Name(asked.request().site(), wanted.name()));
            }
        }
        return names.isEmpty() ? Map.of() : quickEntries.find(names);
    }

    /**
     * A request over HTTP. One that names a case and no number goes to the number the case is texted at; on Kafka the
     * key needs the number.
     */
    Asked asked(UUID messageId, Reading<SendRequested> read, String traceParent) {
        return new Asked(
                messageId, read.value(), read.problems(), clock.instant(), traceParent, caseNumber(read.value()));
    }

    private @Nullable String caseNumber(SendRequested request) {
        CaseRef ref = request.caseRef();
        boolean isAddressed = request.to() != null && !request.to().isBlank();
        return isAddressed || ref == null
                ? null
                : cases.numberOf(request.site(), ref).orElse("");
    }

    private Examined examine(Asked asked, Map<Name, Template> entries) {
        Instant now = clock.instant();
        Optional<SiteDocument> site = sites.find(asked.request().site());
        Asked normal = normalised(asked, site.map(SiteDocument::region).orElse("US"));
        Draft draft = site.map(known -> composer.compose(normal.request(), known, entries))
                .orElseGet(() -> unknownSite(normal.request()));
        Optional<Rejection> rejection = site.map(known -> check.check(normal, known, draft, now))
                .orElse(draft.refusal())
                .map(Requests::printable);
        return new Examined(checked(normal, draft, rejection, now), draft);
    }

    private static Draft unknownSite(SendRequested request) {
        return new Draft(
                null,
                List.of(),
                Optional.of(new Rejection(
                        RejectionReason.UNKNOWN_SITE,
                        "There is no site '" + request.site() + "' on this installation.")));
    }

    private static Checked checked(Asked asked, Draft draft, Optional<Rejection> rejection, Instant now) {
        SendRequested request = asked.request();
        boolean good = rejection.isEmpty();
        String body = draft.body() == null ? request.body() : draft.body();
        Instant sendAt = request.sendAt();
        return new Checked(
                new MessageKey(request.site(), asked.messageId()),
                orEmpty(request.to()),
                good ? request.from() : printable(request.from()),
                good ? draft.body() : printable(body),
                good ? request.mediaUrls() : List.of(),
                good ? draft.parts() : List.of(),
                request.caseRef(),
                good ? request.sentBy() : printable(request.sentBy()),
                request.purpose() == null ? Purpose.CONVERSATION : request.purpose(),
                request.audience() == null ? Audience.CLIENT : request.audience(),
                request.delivery() == SendRequested.Delivery.TEXT,
                good ? request.attributes() : Map.of(),
                storable(sendAt),
                storable(request.expiresAt()),
                sendAt != null && sendAt.isAfter(now) ? sendAt : now,
                fingerprint(asked),
                asked.traceParent(),
                rejection);
    }

    private static Asked normalised(Asked asked, String region) {
        String to = asked.caseNumber() == null ? asked.request().to() : asked.caseNumber();
        return new Asked(
                asked.messageId(),
                normalised(asked.request(), to, region),
                asked.problems(),
                asked.requestedAt(),
                asked.traceParent(),
                asked.caseNumber());
    }

    private static SendRequested normalised(SendRequested r, @Nullable String written, String region) {
        String to = written == null ? null : PhoneNumbers.normalised(written, region);
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

    private static Rejection printable(Rejection why) {
        return new Rejection(why.reason(), whole(why.detail()));
    }

    private static @Nullable String printable(@Nullable String text) {
        return text == null ? null : whole(text);
    }

    /** What the database and the log can hold of a refused text: no U+0000, no half of a pair, not all of a novel. */
    private static String whole(String text) {
        return text.codePoints()
                .limit(LONGEST_KEPT)
                .map(point -> point == 0 || Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A time that a calendar knows; the others are refused and not kept. */
    private static @Nullable Instant storable(@Nullable Instant time) {
        return time == null || time.isBefore(EARLIEST) || time.isAfter(RequestCheck.LATEST) ? null : time;
    }

    /** Of what was asked: the number of a case may be another one by the time the request comes again. */
    private static byte[] fingerprint(Asked asked) {
        SendRequested request = asked.caseNumber() == null ? asked.request() : normalised(asked.request(), null, "US");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(IN_ORDER.writeValueAsBytes(request));
            return digest.digest(IN_ORDER.writeValueAsBytes(asked.problems()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
