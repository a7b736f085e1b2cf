package org.casewire.notification.cases;

import org.casewire.events.Topics;
import org.casewire.notification.progress.LogProgress;
import org.springframework.stereotype.Component;

/**
 * Waits until every case that stands on the log now was read. A text may be read before the snapshot of its case that
 * was written earlier (always so when a new database is filled); "nobody is assigned" is only true once the log was read
 * up to here.
 */
@Component
public class CasesOnTheLog {

    private final LogProgress progress;

    CasesOnTheLog(LogProgress progress) {
        this.progress = progress;
    }

    /**
     * Returns when the cases were read.
     *
     * @throws org.springframework.kafka.KafkaException when they are not read yet or the broker does not answer
     */
    public void awaitRead() {
        progress.awaitRead(Topics.CASES);
    }
}
