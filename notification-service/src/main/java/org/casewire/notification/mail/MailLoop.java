package org.casewire.notification.mail;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.casewire.events.transport.ListenerStart;
import org.casewire.notification.mail.Line.Kind;
import org.casewire.notification.mail.Untold.Reason;
import org.casewire.notification.repeat.Repeater;
import org.springframework.stereotype.Component;

/** Looks for e-mails that are due, once the sites are known and until the service stops. */
@Component
class MailLoop extends Repeater {

    private static final int MOST_AT_ONCE = 1_000;
    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

    private final Sending sending;
    private final MailLines lines;
    private final Untold untold;
    private final ListenerStart listeners;
    private final MailProperties properties;
    private final Clock clock;
    private final AtomicLong waiting;
    private Instant nextCleaning = Instant.MIN;

    MailLoop(
            Sending sending,
            MailLines lines,
            Untold untold,
            ListenerStart listeners,
            MailProperties properties,
            MeterRegistry meters,
            Clock clock) {
        super("mail", properties.poll());
        this.sending = sending;
        this.lines = lines;
        this.untold = untold;
        this.properties = properties;
        this.clock = clock;
        this.waiting = meters.gauge("casewire.mail.waiting", new AtomicLong());
        this.listeners = listeners;
    }

    @Override
    protected int step() {
        if (!listeners.isReading()) {
            return 0;
        }
        Instant now = clock.instant();
        // A clock that was set back must not keep what is old.
        if (!now.isBefore(nextCleaning) || now.plus(BETWEEN_CLEANINGS).isBefore(nextCleaning)) {
            nextCleaning = now.plus(BETWEEN_CLEANINGS);
            clean(now);
            waiting.set(lines.waiting());
        }
        return sending.sendOnce();
    }

    private void clean(Instant now) {
        int deleted = MOST_AT_ONCE;
        while (deleted == MOST_AT_ONCE) {
            List<Optional<Kind>> old = lines.lapse(now.minus(properties.keep()), MOST_AT_ONCE);
            old.stream()
                    .flatMap(Optional::stream)
                    .forEach(kind -> untold.count(Line.ofTheOperator(kind), Reason.EXPIRED, 1));
            deleted = old.size();
        }
    }
}
