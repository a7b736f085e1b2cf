package org.casewire.notification.alert;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.AlertEvent.AlertDismissed;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One person's dismissal dismisses for all. */
@Component
class Dismissals {

    private final VisibleAlerts visible;
    private final Alerts alerts;
    private final Clock clock;

    Dismissals(VisibleAlerts visible, Alerts alerts, Clock clock) {
        this.visible = visible;
        this.alerts = alerts;
        this.clock = clock;
    }

    /** The dismissal, the first one if there were several; empty when there is no such alert for that user. */
    @Transactional
    Optional<AlertDismissed> dismiss(String site, String user, boolean anybody, UUID alertId, String traceParent) {
        return visible.maySee(site, user, anybody, alertId)
                ? alerts.dismiss(alertId, user, clock.instant().truncatedTo(ChronoUnit.MILLIS), traceParent)
                : Optional.empty();
    }
}
