package org.casewire.twin.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Twilio's console would complain about: the last thousand webhook failures. */
public final class Debugger {

    private static final Logger LOG = LoggerFactory.getLogger(Debugger.class);
    private static final int KEPT = 1_000;

    /** One complaint: Twilio's code about a message or call. */
    public record Complaint(String sid, int code, Instant at) {}

    private final Clock clock;
    private final ConcurrentLinkedDeque<Complaint> complaints = new ConcurrentLinkedDeque<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Times complaints by this clock. */
    public Debugger(Clock clock) {
        this.clock = clock;
    }

    /** Enters a complaint. */
    public void complain(String sid, int code) {
        LOG.atDebug().addKeyValue("providerSid", sid).addKeyValue("code", code).log("A webhook failed");
        complaints.addLast(new Complaint(sid, code, clock.instant()));
        if (size.incrementAndGet() > KEPT && complaints.pollFirst() != null) {
            size.decrementAndGet();
        }
    }

    /** The complaints, oldest first. */
    public List<Complaint> complaints() {
        return List.copyOf(complaints);
    }

    /** Forgets them. */
    public void clear() {
        while (complaints.pollFirst() != null) {
            size.decrementAndGet();
        }
    }
}
