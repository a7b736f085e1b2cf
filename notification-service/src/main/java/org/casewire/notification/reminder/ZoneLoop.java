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
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks for sites whose settings changed, once all are known and until the service stops. */
@Component
class ZoneLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ZoneLoop.class);

    private final Sites sites;
    private final ZoneFollower follower;
    private final Repeater repeater;
    private final Map<String, Instant> followed = new ConcurrentHashMap<>();

    ZoneLoop(Sites sites, ZoneFollower follower, ListenerStart listeners, ReminderProperties properties) {
        this.sites = sites;
        this.follower = follower;
        this.repeater = new Repeater(
                "site-zones",
                properties.poll(),
                () -> listeners.health().getStatus().equals(Status.UP) ? followAll() : 0);
    }

    private int followAll() {
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
        return 0;
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
