package org.casewire.notification.notice;

import org.casewire.events.transport.ListenerStart;
import org.casewire.notification.repeat.Repeater;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks for windows that closed, once the sites are known and until the service stops. */
@Component
class DigestLoop implements SmartLifecycle {

    private final Repeater repeater;

    DigestLoop(Digests digests, ListenerStart listeners, NoticeProperties properties) {
        this.repeater = new Repeater(
                "notice-digests",
                properties.poll(),
                () -> listeners.health().getStatus().equals(Status.UP) ? digests.sendOnce() : 0);
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
