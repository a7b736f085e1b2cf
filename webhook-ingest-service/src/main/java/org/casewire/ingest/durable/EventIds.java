package org.casewire.ingest.durable;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids that no other event has, counted from a random beginning: nobody has to be unable to guess them, and asking the
 * system for randomness thirty thousand times a second costs.
 */
final class EventIds {

    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

    private final long process;
    private final AtomicLong count;

    EventIds() {
        SecureRandom random = new SecureRandom();
        process = random.nextLong() & ~VERSION_BITS | VERSION_8;
        count = new AtomicLong(random.nextLong());
    }

    UUID next() {
        return new UUID(process, count.getAndIncrement() & ~VARIANT_BITS | VARIANT);
    }
}
