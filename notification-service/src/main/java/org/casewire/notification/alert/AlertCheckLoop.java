package org.casewire.notification.alert;

import java.time.Duration;
import org.casewire.notification.alert.AlertCheck.Place;
import org.casewire.notification.alert.AlertCheck.Slice;
import org.casewire.notification.repeat.Repeater;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/** Looks at all alerts that stand, and again after a pause. */
@Component
class AlertCheckLoop extends Repeater {

    private final AlertCheck check;
    private Place after = Place.FIRST;

    AlertCheckLoop(AlertCheck check, Pause pause) {
        super("alert-check", pause.every());
        this.check = check;
    }

    /** @param every how long is paused between two looks at all alerts */
    @ConfigurationProperties("casewire.alert-check")
    record Pause(@DefaultValue("10m") Duration every) {}

    @Override
    protected int step() {
        Slice slice = check.checkNext(after);
        after = slice.next().orElse(Place.FIRST);
        return slice.next().isPresent() ? slice.repairs().checked() : 0;
    }
}
