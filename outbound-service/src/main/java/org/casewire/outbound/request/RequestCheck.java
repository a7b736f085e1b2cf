package org.casewire.outbound.request;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.casewire.events.CaseRef;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.PhoneField;
import org.casewire.events.transport.WireJson.Problem;
import org.casewire.outbound.media.Media;
import org.casewire.outbound.message.Message.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides whether a request can be sent; the first thing that is wrong is the reason, in words for a case worker. */
@Component
class RequestCheck {

    private static final int MAX_ATTRIBUTES = 10;
    private static final int MAX_ATTRIBUTE = 256;
    private static final Duration LATE_SCHEDULE = Duration.ofHours(1);

    /** Later ones are written with a sign, which the database does not read. */
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Pattern ID = Pattern.compile("[^/|\\p{Cntrl}]{1,100}");

    private final Media media;

    RequestCheck(Media media) {
        this.media = media;
    }

    /**
     * Checks a request.
     *
     * @param draft what it comes to
     * @return why it cannot be sent, empty when it can
     */
    Optional<Rejection> check(Asked asked, SiteDocument site, Draft draft, Instant now) {
        SendRequested request = asked.request();
        try {
            refuseProblems(asked.problems());
            checkRecipient(asked, site);
            if (draft.refusal().isPresent()) {
                return draft.refusal();
            }
            checkMedia(request.mediaUrls(), site);
            checkSender(request.from(), site);
            checkExtras(request);
            checkTimes(request, asked.requestedAt(), now);
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal.rejection());
        }
    }

    private static void refuseProblems(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw Refusal.invalid(
                    String.join("; ", problems.stream().map(Problem::toString).toList()) + ".");
        }
    }

    private static void checkRecipient(Asked asked, SiteDocument site) {
        String to = asked.request().to();
        CaseRef ref = asked.request().caseRef();
        if (ref != null && "".equals(asked.caseNumber())) {
            throw new Refusal(
                    RejectionReason.INVALID_NUMBER,
                    "%s %s has no number that can be texted among its %s numbers; correct it there, or say to."
                            .formatted(ref.kind(), ref.id(), fields(site)));
        }
        if (to == null || to.isBlank()) {
            throw Refusal.invalid("to is missing: the number to text.");
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

    private static String fields(SiteDocument site) {
        return String.join(
                " and ", site.phoneFields().stream().map(PhoneField::name).toList());
    }

    private void checkMedia(List<String> urls, SiteDocument site) {
        if (urls.size() > site.maxMedia()) {
            throw new Refusal(
                    RejectionReason.TOO_MANY_MEDIA,
                    "mediaUrls has %d pictures; this site sends at most %d with one message."
                            .formatted(urls.size(), site.maxMedia()));
        }
        for (int i = 0; i < urls.size(); i++) {
            Optional<String> objection = media.objection(urls.get(i));
            if (objection.isPresent()) {
                throw invalidMedia(i, objection.get());
            }
        }
    }

    private static Refusal invalidMedia(int index, String objection) {
        return new Refusal(RejectionReason.INVALID_MEDIA, "mediaUrls[%d] %s.".formatted(index, objection));
    }

    /**
     * The same requests, those refused whose pictures cannot be sent. Only what is good otherwise is looked at, so that
     * a request nobody would send makes no calls.
     */
    List<Checked> withPicturesSeen(List<Checked> requests) {
        Set<String> urls = requests.stream()
                .filter(request -> request.rejection().isEmpty())
                .flatMap(request -> request.mediaUrls().stream())
                .collect(Collectors.toSet());
        Map<String, String> objections = urls.isEmpty() ? Map.of() : media.objections(urls);
        return objections.isEmpty()
                ? requests
                : requests.stream().map(request -> seen(request, objections)).toList();
    }

    private static Checked seen(Checked request, Map<String, String> objections) {
        for (int i = 0; i < request.mediaUrls().size(); i++) {
            String objection = objections.get(request.mediaUrls().get(i));
            if (objection != null && request.rejection().isEmpty()) {
                return request.refused(invalidMedia(i, objection).rejection());
            }
        }
        return request;
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
            throw Refusal.invalid("sentBy must be 1 to 100 characters without '/', '|' and control characters.");
        }
        Map<String, String> attributes = request.attributes();
        boolean tooLong = attributes.entrySet().stream()
                .anyMatch(entry -> entry.getKey().length() > MAX_ATTRIBUTE
                        || entry.getValue() == null
                        || entry.getValue().length() > MAX_ATTRIBUTE
                        || entry.getKey().indexOf(0) >= 0
                        || entry.getValue().indexOf(0) >= 0);
        if (attributes.size() > MAX_ATTRIBUTES || tooLong) {
            throw Refusal.invalid("attributes must be at most %d strings of at most %d characters."
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
}
