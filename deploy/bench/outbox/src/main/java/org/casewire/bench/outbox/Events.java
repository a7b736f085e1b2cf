package org.casewire.bench.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.Purpose;

/**
 * Numbered events of about 500 bytes. A writer owns its conversations alone, so that the order of its commits is the
 * order of each of them.
 */
final class Events {

    static final int CONVERSATIONS = 1_000;

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final String BODY =
            "Your appointment with the intake team is on Tuesday at ten. Reply YES to keep it or NO to move it.";

    private Events() {}

    /** The event {@code number}, the {@code index}-th of a writer. */
    static OutboundEvent numbered(long number, int writer, int writers, int index) {
        int conversation = writer + writers * (index % (CONVERSATIONS / writers));
        MessageHeader message = new MessageHeader(
                new UUID(0, number),
                "demo",
                "+1404555%04d".formatted(conversation),
                "+14045380000",
                new CaseRef(CaseRef.Kind.CASE, "16E-20010101"),
                "maria",
                Purpose.CONVERSATION,
                Map.of("origin", "bench"));
        return new MessageAccepted(message, AT, 1, 1, "SM%032d".formatted(number), 1, BODY, List.of());
    }

    /** The number of the event whose CloudEvents subject this is. */
    static int number(String subject) {
        return (int) UUID.fromString(subject).getLeastSignificantBits();
    }

    /** The conversation of a record's key, counted from 0. */
    static int conversation(String key) {
        return Integer.parseInt(key.substring(key.length() - 4));
    }
}
