package org.casewire.notification.retention;

import org.casewire.notification.repeat.Repeater;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Goes through all kinds, some rows of each, until nothing old is left; and again after a pause. */
@Component
class RetentionLoop implements SmartLifecycle {

    private final Repeater repeater;

    RetentionLoop(Retention retention, RetentionProperties properties) {
        this.repeater = new Repeater(
                "retention",
                properties.every(),
                () -> retention.kinds().stream().mapToInt(retention::deleteSome).sum());
    }

    @Override
    public void start() {
        repeater.start();
    }

    @Override
    public void stop() {
        repeater.stop();
    }

    @Override
    public boolean isRunning() {
        return repeater.isRunning();
    }
}
