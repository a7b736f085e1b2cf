package org.casewire.events;

import java.time.Instant;
import java.util.UUID;

/** Alerts of the home page, on {@link Topics#ALERTS}. */
public sealed interface AlertEvent extends Event {

    UUID alertId();

    /** The case the alert stands on; part of the key, so an alert's events keep their order. */
    CaseRef caseRef();

    @Override
    default String topic() {
        return Topics.ALERTS;
    }

    @Override
    default String key() {
        return site() + "|" + caseRef();
    }

    @Override
    default String subject() {
        return alertId().toString();
    }

    /** A text came in on a case that somebody is assigned to. */
    record AlertRaised(
            UUID alertId, String site, CaseRef caseRef, String sid, String contact, String preview, Instant at)
            implements AlertEvent {}

    /** Somebody dismissed the alert, for all who saw it. */
    record AlertDismissed(UUID alertId, String site, CaseRef caseRef, String by, Instant at) implements AlertEvent {}
}
