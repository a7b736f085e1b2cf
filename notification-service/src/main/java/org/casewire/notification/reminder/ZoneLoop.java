package org.casewire.notification.reminder;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.ListenerStart;
import org.casewire.notification.repeat.Repeater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks for sites whose settings changed, once all are known and until the service stops. */
@Component
class ZoneLoop extends Repeater {

    private static final Logger log = LoggerFactory.getLogger(ZoneLoop.class);

    private final Sites sites;
    private final ZoneFollower follower;
    private final ListenerStart listeners;
    private final Map<String, Instant> followed = new ConcurrentHashMap<>();

    ZoneLoop(Sites sites, ZoneFollower follower, ListenerStart listeners, ReminderProperties properties) {
        super("site-zones", properties.poll());
        this.sites = sites;
        this.follower = follower;
        this.listeners = listeners;
    }

    @Override
    protected int step() {
        if (listeners.isReading()) {
            followAll();
        }
        return 0;
    }

    private void followAll() {
        for (SiteChanged changed : sites.latest()) {
            if (!changed.updatedAt().equals(followed.get(changed.site()))) {
                int moved = follower.follow(changed);
                followed.put(changed.site(), changed.updatedAt());
                (moved > 0 ? log.atInfo() : log.atDebug())
                        .addKeyValue("site", changed.site())
                        .addKeyValue("moved", moved)
                        .log("Reminders stand by the site's time zone");
            }
        }
    }
}
