package org.casewire.bench.outbox;

import java.time.Duration;

/**
 * One thing that is measured.
 *
 * @param perSecond the pace of all writers together, 0 for as fast as they can
 * @param atMost when to stop appending
 * @param drain how long events may take to arrive after the last was appended
 */
record Phase(String name, int events, int perTransaction, int perSecond, Duration atMost, Duration drain) {

    Phase {
        // Writers have equal shares of whole transactions.
        int step = Writers.COUNT * perTransaction;
        events = Math.max(step, events / step * step);
    }
}
