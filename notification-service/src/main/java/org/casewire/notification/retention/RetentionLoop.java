package org.casewire.notification.retention;

import org.casewire.notification.repeat.Repeater;
import org.springframework.stereotype.Component;

/** Goes through all kinds, some rows of each, until nothing old is left; and again after a pause. */
@Component
class RetentionLoop extends Repeater {

    private final Retention retention;

    RetentionLoop(Retention retention, RetentionProperties properties) {
        super("retention", properties.every());
        this.retention = retention;
    }

    @Override
    protected int step() {
        return retention.kinds().stream().mapToInt(retention::deleteSome).sum();
    }
}
