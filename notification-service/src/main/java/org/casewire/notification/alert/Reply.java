package org.casewire.notification.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.ReplyEvent;
import org.casewire.events.ReplyEvent.ReplyAssigned;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.ReplyEvent.ReplyUnassigned;
import org.jspecify.annotations.Nullable;

/**
 * A received text and the cases it stands on, each with the alert it has there. Alert ids follow from what happened,
 * so that reading the same event again means the same alerts.
 *
 * @param movedAt when it was last moved, null while it stands where it was filed first
 */
record Reply(
        String site,
        String sid,
        String preview,
        List<Filing> filings,
        @Nullable Instant movedAt) {

    /** For a text that was filed before this service kept texts. */
    private static final String NOT_KEPT = "A text that came in earlier";

    /** One case the text stands on, and its alert. */
    record Filing(CaseRef caseRef, UUID alertId) {}

    static Reply unseen(ReplyEvent event) {
        return new Reply(event.site(), event.sid(), NOT_KEPT, List.of(), null);
    }

    /** What the text is after the event; empty when it tells nothing new. */
    static Optional<Reply> after(@Nullable Reply known, ReplyEvent event) {
        return switch (event) {
            case ReplyRouted routed -> known != null ? Optional.empty() : Optional.of(filed(routed));
            case ReplyUnassigned unassigned ->
                known != null
                        ? Optional.empty()
                        : Optional.of(new Reply(
                                unassigned.site(),
                                unassigned.sid(),
                                Preview.of(unassigned.body(), unassigned.media()),
                                List.of(),
                                null));
            case ReplyAssigned assigned -> (known != null ? known : unseen(assigned)).moved(assigned);
        };
    }

    private static Reply filed(ReplyRouted routed) {
        String preview = Preview.of(routed.body(), routed.media());
        List<Filing> filings = routed.cases().stream()
                .distinct()
                .map(caseRef -> new Filing(caseRef, alertId(routed, caseRef, "")))
                .toList();
        return new Reply(routed.site(), routed.sid(), preview, filings, null);
    }

    /** Where it already stood it keeps its alert; a case it comes to, even again, gets a new one. */
    private Optional<Reply> moved(ReplyAssigned move) {
        if (movedAt != null && move.at().isBefore(movedAt)) {
            return Optional.empty();
        }
        List<Filing> now = new ArrayList<>();
        for (CaseRef caseRef : move.cases().stream().distinct().toList()) {
            now.add(on(caseRef)
                    .orElseGet(() -> new Filing(
                            caseRef, alertId(move, caseRef, "|" + move.at().toString()))));
        }
        return Optional.of(new Reply(site, sid, preview, List.copyOf(now), move.at()));
    }

    private Optional<Filing> on(CaseRef caseRef) {
        return filings.stream().filter(one -> one.caseRef().equals(caseRef)).findFirst();
    }

    private static UUID alertId(ReplyEvent event, CaseRef caseRef, String move) {
        String name = event.site() + "|" + event.sid() + "|" + caseRef + move;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The filings this one has and the other has not. */
    List<Filing> filingsMissingIn(@Nullable Reply other) {
        return other == null
                ? filings
                : filings.stream().filter(one -> !other.filings().contains(one)).toList();
    }

    static String key(String site, String sid) {
        return site + "|" + sid;
    }

    String key() {
        return key(site, sid);
    }
}
