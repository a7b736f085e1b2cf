package org.casewire.notification.alert;

import java.time.Duration;
import org.casewire.notification.alert.AlertCheck.Place;
import org.casewire.notification.alert.AlertCheck.Slice;
import org.casewire.notification.repeat.Repeater;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks at all alerts that stand, and again after a pause. */
@Component
class AlertCheckLoop implements SmartLifecycle {

    private final AlertCheck check;
    private final Repeater repeater;
    private Place after = Place.FIRST;

    AlertCheckLoop(AlertCheck check, Pause pause) {
        this.check = check;
        this.repeater = new Repeater("alert-check", pause.every(), this::lookOnce);
    }

    /** @param every how long is paused between two looks at all alerts */
    @ConfigurationProperties("casewire.alert-check")
    record Pause(@DefaultValue("10m") Duration every) {}

    private int lookOnce() {
        Slice slice = check.checkNext(after);
        after = slice.next().orElse(Place.FIRST);
        return slice.next().isPresent() ? slice.repairs().checked() : 0;
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
