package org.casewire.outbound.message;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import org.casewire.events.Conversation;
import org.casewire.outbound.gateway.TwilioProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps a "no" from being overtaken. A claim reads who may be texted while it holds the rows of the senders it claims
 * from; whoever writes a "no" waits for those rows before it commits, so that a claim either sees it or was over
 * before it.
 */
@Component
public class ClaimBarrier {

    private static final String SENDERS = "SELECT FROM sender WHERE site = ANY (?) ORDER BY site, sender FOR UPDATE";

    private static final String ON_ITS_WAY =
            "SELECT EXISTS (SELECT FROM part WHERE site = ? AND contact = ? AND status = 'SENDING')";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final JdbcTemplate jdbc;
    private final Duration longestCall;

    ClaimBarrier(JdbcTemplate jdbc, TwilioProperties twilio) {
        this.jdbc = jdbc;
        this.longestCall = twilio.call().longest();
    }

    /**
     * Waits for the claims in progress on these sites, and keeps new ones from starting until the running transaction
     * ends. To be called after the change was written.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void await(Collection<String> sites) {
        jdbc.query(SENDERS, row -> {}, (Object) sites.toArray(String[]::new));
    }

    /** Returns once no call to Twilio for this person is out, at the latest when a call cannot be out any more. */
    public void untilNothingIsOnItsWay(Conversation person) {
        long end = System.nanoTime() + longestCall.toNanos();
        while (isOnItsWay(person)
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private boolean isOnItsWay(Conversation person) {
        return Boolean.TRUE.equals(jdbc.queryForObject(ON_ITS_WAY, Boolean.class, person.site(), person.contact()));
    }
}
