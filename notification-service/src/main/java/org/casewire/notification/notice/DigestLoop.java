package org.casewire.notification.notice;

import org.casewire.events.transport.ListenerStart;
import org.casewire.notification.repeat.Repeater;
import org.springframework.stereotype.Component;

/** Looks for windows that closed, once the sites are known and until the service stops. */
@Component
class DigestLoop extends Repeater {

    private final Digests digests;
    private final ListenerStart listeners;

    DigestLoop(Digests digests, ListenerStart listeners, NoticeProperties properties) {
        super("notice-digests", properties.poll());
        this.digests = digests;
        this.listeners = listeners;
    }

    @Override
    protected int step() {
        return listeners.isReading() ? digests.sendOnce() : 0;
    }
}
