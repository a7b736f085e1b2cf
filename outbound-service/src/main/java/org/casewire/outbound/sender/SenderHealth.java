package org.casewire.outbound.sender;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.casewire.outbound.message.Failure;
import org.casewire.outbound.message.TextsFailed;
import org.casewire.outbound.sender.Senders.Named;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Draws from failed texts what they say about their sender. Codes and their meaning: Twilio's error catalogue and its
 * pages on queueing, 10DLC throughput and T-Mobile's daily caps.
 */
@Component
class SenderHealth {

    private static final Logger log = LoggerFactory.getLogger(SenderHealth.class);

    /** The queue of the Service overflows: it holds ten hours of segments. */
    private static final int QUEUE_OVERFLOW = 30001;

    /** The campaign's rate is exceeded. */
    private static final int TOO_FAST = 30022;

    /** The brand's daily cap is reached; it begins anew at midnight, Pacific time. */
    private static final int DAILY_CAP = 30023;

    private static final Duration SLOW_FOR = Duration.ofMinutes(10);
    private static final Duration HOLD_FOR = Duration.ofMinutes(5);
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private final Senders senders;

    SenderHealth(Senders senders) {
        this.senders = senders;
    }

    @EventListener
    void on(TextsFailed failed) {
        List<Named> named = failed.failures().stream()
                .map(failure -> new Named(sender(failure), failure.code(), failure.at()))
                .toList();
        senders.count(named);
        named.stream().distinct().forEach(this::draw);
    }

    private static SenderKey sender(Failure failure) {
        return new SenderKey(failure.person().site(), failure.sender());
    }

    private void draw(Named error) {
        switch (error.code()) {
            case QUEUE_OVERFLOW -> {
                tell(error, "Twilio's queue of this sender overflows; it is held for some minutes");
                senders.hold(error.sender().site(), error.sender().sender(), HOLD_FOR, error.code(), error.at());
            }
            case TOO_FAST -> senders.slow(error.sender(), error.at().plus(SLOW_FOR));
            case DAILY_CAP -> {
                tell(error, "The daily cap of this sender's brand is reached; it is held until midnight, Pacific time");
                senders.holdUntil(error.sender(), nextMidnight(error.at()), error.code());
            }
            default -> {}
        }
    }

    private static Instant nextMidnight(Instant at) {
        return at.atZone(PACIFIC)
                .toLocalDate()
                .plusDays(1)
                .atTime(LocalTime.MIDNIGHT)
                .atZone(PACIFIC)
                .toInstant();
    }

    private static void tell(Named error, String what) {
        log.atWarn()
                .addKeyValue("site", error.sender().site())
                .addKeyValue("code", error.code())
                .log(what);
    }
}
