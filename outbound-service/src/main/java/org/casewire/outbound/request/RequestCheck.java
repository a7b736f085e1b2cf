package org.casewire.outbound.request;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SendRequested.Format;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.ConsentPolicy;
import org.casewire.events.transport.WireJson.Problem;
import org.casewire.outbound.message.Message.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides whether a request can be sent; the first thing that is wrong is the reason, in words for a case worker. */
@Component
class RequestCheck {

    /** Twilio takes at most this many UTF-16 units in one message. */
    static final int MAX_BODY = 1_600;

    private static final int MAX_MEDIA = 10;
    private static final int MAX_ATTRIBUTES = 10;
    private static final int MAX_ATTRIBUTE = 256;
    private static final Duration LATE_SCHEDULE = Duration.ofHours(1);

    /** Later ones are written with a sign, which the database does not read. */
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Pattern ID = Pattern.compile("[^/|\\p{Cntrl}]{1,100}");

    private final RequestProperties media;

    RequestCheck(RequestProperties media) {
        this.media = media;
    }

    private static final class Refusal extends RuntimeException {
        private final transient Rejection rejection;

        Refusal(RejectionReason reason, String detail) {
            super(detail, null, false, false);
            this.rejection = new Rejection(reason, detail);
        }
    }

    /**
     * Checks a request.
     *
     * @param requestedAt when the upstream asked
     * @return why it cannot be sent, empty when it can
     */
    Optional<Rejection> check(
            SendRequested request,
            List<Problem> problems,
            Optional<SiteDocument> site,
            Instant requestedAt,
            Instant now) {
        try {
            SiteDocument known = site.orElseThrow(() -> new Refusal(
                    RejectionReason.UNKNOWN_SITE, "There is no site '" + request.site() + "' on this installation."));
            refuseProblems(problems);
            checkRecipient(request, known);
            checkContent(request);
            checkMedia(request.mediaUrls());
            checkSender(request.from(), known);
            checkExtras(request);
            checkTimes(request, requestedAt, now);
            checkConsent(request, known);
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal.rejection);
        }
    }

    private static void refuseProblems(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw invalid(
                    String.join("; ", problems.stream().map(Problem::toString).toList()) + ".");
        }
    }

    private static Refusal invalid(String detail) {
        return new Refusal(RejectionReason.INVALID_REQUEST, detail);
    }

    private static void checkRecipient(SendRequested request, SiteDocument site) {
        String to = request.to();
        if (to == null || to.isBlank()) {
            throw invalid("to is missing: the number to text.");
        }
        PhoneNumbers.Known number = PhoneNumbers.read(to, site.region())
                .orElseThrow(() -> new Refusal(
                        RejectionReason.INVALID_NUMBER,
                        "to is not a phone number that can be texted; check area code, exchange and line."));
        if (!site.regions().contains(number.region())) {
            throw new Refusal(
                    RejectionReason.UNSUPPORTED_COUNTRY,
                    "to is a number of %s, and this site texts only to %s."
                            .formatted(number.region(), String.join(", ", site.regions())));
        }
    }

    private static void checkContent(SendRequested request) {
        String body = request.body();
        if (request.quickEntry() != null) {
            if (body != null) {
                throw invalid("body and quickEntry exclude each other.");
            }
            throw new Refusal(
                    RejectionReason.UNKNOWN_QUICK_ENTRY,
                    "This site has no quick entry '" + request.quickEntry().name() + "'.");
        }
        if ((body == null || body.isBlank()) && request.mediaUrls().isEmpty()) {
            throw new Refusal(RejectionReason.BODY_MISSING, "There is nothing to send: body is missing or blank.");
        }
        if (body != null) {
            checkText(body);
        }
        if (request.format() != null && request.format() != Format.TEXT) {
            throw invalid("format " + request.format() + " is not served yet; send TEXT.");
        }
    }

    private static void checkText(String body) {
        if (body.length() > MAX_BODY) {
            throw new Refusal(
                    RejectionReason.BODY_TOO_LONG,
                    "body has %d characters; a text holds at most %d.".formatted(body.length(), MAX_BODY));
        }
        if (body.indexOf(0) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(body)) {
            throw invalid("body holds a character that is none (U+0000 or half of a pair).");
        }
    }

    private void checkMedia(List<String> urls) {
        if (urls.size() > MAX_MEDIA) {
            throw new Refusal(
                    RejectionReason.TOO_MANY_MEDIA,
                    "mediaUrls has %d pictures; at most %d can be sent.".formatted(urls.size(), MAX_MEDIA));
        }
        for (String url : urls) {
            if (!isFetchable(url)) {
                throw new Refusal(RejectionReason.INVALID_MEDIA, "mediaUrls holds an address that is not https.");
            }
        }
    }

    private boolean isFetchable(@Nullable String url) {
        if (url == null) {
            return false;
        }
        try {
            URI address = new URI(url);
            return address.getHost() != null && address.getUserInfo() == null && media.allows(address);
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    private static void checkSender(@Nullable String from, SiteDocument site) {
        boolean known = from == null
                ? !site.senders().isEmpty()
                : site.senders().stream()
                        .anyMatch(sender -> sender.address().equals(PhoneNumbers.normalised(from, site.region())));
        if (!known) {
            throw new Refusal(
                    RejectionReason.UNKNOWN_SENDER,
                    from == null ? "The site has no sender." : "from is none of the site's senders.");
        }
    }

    private static void checkExtras(SendRequested request) {
        if (request.sentBy() != null && !ID.matcher(request.sentBy()).matches()) {
            throw invalid("sentBy must be 1 to 100 characters without '/', '|' and control characters.");
        }
        Map<String, String> attributes = request.attributes();
        boolean tooLong = attributes.entrySet().stream()
                .anyMatch(entry -> entry.getKey().length() > MAX_ATTRIBUTE
                        || entry.getValue() == null
                        || entry.getValue().length() > MAX_ATTRIBUTE
                        || entry.getKey().indexOf(0) >= 0
                        || entry.getValue().indexOf(0) >= 0);
        if (attributes.size() > MAX_ATTRIBUTES || tooLong) {
            throw invalid("attributes must be at most %d strings of at most %d characters."
                    .formatted(MAX_ATTRIBUTES, MAX_ATTRIBUTE));
        }
    }

    private static void checkTimes(SendRequested request, Instant requestedAt, Instant now) {
        Instant sendAt = request.sendAt();
        Instant expiresAt = request.expiresAt();
        if (sendAt != null && sendAt.isBefore(requestedAt.minus(LATE_SCHEDULE))) {
            throw new Refusal(
                    RejectionReason.INVALID_SCHEDULE, "sendAt lies more than an hour before the request was made.");
        }
        if (sendAt != null && sendAt.isAfter(LATEST) || expiresAt != null && expiresAt.isAfter(LATEST)) {
            throw new Refusal(RejectionReason.INVALID_SCHEDULE, "sendAt and expiresAt must lie before the year 10000.");
        }
        if (sendAt != null && expiresAt != null && !expiresAt.isAfter(sendAt)) {
            throw new Refusal(RejectionReason.INVALID_SCHEDULE, "expiresAt must lie after sendAt.");
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new Refusal(RejectionReason.EXPIRED, "expiresAt has passed; the text is of no use any more.");
        }
    }

    private static void checkConsent(SendRequested request, SiteDocument site) {
        if (request.audience() != Audience.STAFF && site.consentPolicy() != ConsentPolicy.IMPLIED) {
            throw new Refusal(
                    RejectionReason.CONSENT_MISSING,
                    "This site texts only people whose consent is recorded, and none is recorded for this number.");
        }
    }
}
