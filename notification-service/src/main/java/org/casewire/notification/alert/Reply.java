package org.casewire.notification.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.ReplyEvent.ReplyAssigned;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.ReplyEvent.ReplyUnassigned;
import org.casewire.events.ReplyEvent.TextEvent;
import org.casewire.notification.unanswered.WaitingTexts;
import org.casewire.notification.unanswered.WaitingTexts.WaitingText;
import org.jspecify.annotations.Nullable;

/**
 * A received text and the cases it stands on, each with the alert it has there. Alert ids follow from what happened,
 * so that reading the same event again means the same alerts.
 *
 * @param receivedAt when it came in, null where that is not known
 * @param movedAt when it was last moved, null while it stands where it was filed first
 */
record Reply(
        String site,
        String sid,
        String contact,
        @Nullable Instant receivedAt,
        String preview,
        List<Filing> filings,
        @Nullable Instant movedAt) {

    /** For a text that was filed before this service kept texts. */
    private static final String NOT_KEPT = "A text that came in earlier";

    /** One case the text stands on, and its alert. */
    record Filing(CaseRef caseRef, UUID alertId) {}

    static Reply unseen(TextEvent event) {
        return new Reply(event.site(), event.sid(), event.contact(), null, NOT_KEPT, List.of(), null);
    }

    /**
     * What the text is after the event; empty when it tells nothing new.
     *
     * @param erasedUntil of older texts of that person no words are kept
     */
    static Optional<Reply> after(@Nullable Reply known, TextEvent event, @Nullable Instant erasedUntil) {
        return switch (event) {
            case ReplyRouted routed ->
                filed(
                        known,
                        routed,
                        routed.receivedAt(),
                        preview(routed.body(), routed.media(), routed.receivedAt(), erasedUntil),
                        filings(routed));
            case ReplyUnassigned unassigned ->
                filed(
                        known,
                        unassigned,
                        unassigned.receivedAt(),
                        preview(unassigned.body(), unassigned.media(), unassigned.receivedAt(), erasedUntil),
                        List.of());
            case ReplyAssigned assigned -> (known != null ? known : unseen(assigned)).moved(assigned);
        };
    }

    /** A text that was moved before its filing was read gets its words; where it stands was said by the move. */
    private static Optional<Reply> filed(
            @Nullable Reply known,
            TextEvent event,
            @Nullable Instant receivedAt,
            String preview,
            List<Filing> filings) {
        if (known == null) {
            return Optional.of(
                    new Reply(event.site(), event.sid(), event.contact(), receivedAt, preview, filings, null));
        }
        return known.preview().equals(NOT_KEPT)
                ? Optional.of(new Reply(
                        known.site(),
                        known.sid(),
                        event.contact(),
                        receivedAt,
                        preview,
                        known.filings(),
                        known.movedAt()))
                : Optional.empty();
    }

    private static String preview(
            String body, List<Media> media, @Nullable Instant receivedAt, @Nullable Instant erasedUntil) {
        boolean erased = erasedUntil != null && (receivedAt == null || !receivedAt.isAfter(erasedUntil));
        return erased ? Erasures.ERASED : Preview.of(body, media);
    }

    private static List<Filing> filings(ReplyRouted routed) {
        return routed.cases().stream()
                .distinct()
                .map(caseRef -> new Filing(caseRef, alertId(routed, caseRef, "")))
                .toList();
    }

    /** Where it already stood it keeps its alert; a case it comes to, even again, gets a new one. */
    private Optional<Reply> moved(ReplyAssigned move) {
        if (movedAt != null && move.at().isBefore(movedAt)) {
            return Optional.empty();
        }
        Map<CaseRef, Filing> before = new HashMap<>();
        filings.forEach(filing -> before.put(filing.caseRef(), filing));
        List<Filing> now = move.cases().stream()
                .distinct()
                .map(caseRef -> Optional.ofNullable(before.get(caseRef))
                        .orElseGet(() -> new Filing(
                                caseRef, alertId(move, caseRef, "|" + move.at().toString()))))
                .toList();
        return Optional.of(new Reply(site, sid, move.contact(), receivedAt, preview, now, move.at()));
    }

    private static UUID alertId(TextEvent event, CaseRef caseRef, String move) {
        String name = event.site() + "|" + event.sid() + "|" + caseRef + move;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The filings this one has and the other has not. */
    List<Filing> filingsMissingIn(@Nullable Reply other) {
        if (other == null) {
            return filings;
        }
        Set<Filing> others = new HashSet<>(other.filings());
        return filings.stream().filter(one -> !others.contains(one)).toList();
    }

    /** Where somebody may wait for an answer to it. */
    List<WaitingText> waiting() {
        if (receivedAt == null || preview.equals(Erasures.ERASED) || WaitingTexts.asksForNoAnswer(preview)) {
            return List.of();
        }
        Instant since = receivedAt;
        return filings.stream()
                .map(filing -> new WaitingText(site, filing.caseRef(), contact, since, sid))
                .toList();
    }

    static String key(String site, String sid) {
        return site + "|" + sid;
    }

    String key() {
        return key(site, sid);
    }
}
