package org.casewire.notification.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.casewire.events.AlertEvent;
import org.casewire.events.AlertEvent.AlertDismissed;
import org.casewire.events.AlertEvent.AlertRaised;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.alert.VisibleAlerts;
import org.casewire.notification.alert.VisibleAlerts.Viewer;
import org.casewire.notification.stream.AlertStream.Told;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads records of the topic of alerts, and who may see them at this moment. */
@Component
class Audience {

    private final EventReader events;
    private final VisibleAlerts visible;

    Audience(EventReader events, VisibleAlerts visible) {
        this.events = events;
        this.visible = visible;
    }

    /** An event as it is told, and those of the users that were asked for who may see it. */
    record Seen(String site, Told told, Set<String> users) {}

    /** What somebody of these users may see, in the order of the records; one question to the database for all. */
    List<Seen> of(Placed placed, Collection<String> users) {
        List<Seen> seen = new ArrayList<>();
        events.read(placed.records(), AlertEvent.class, batch -> seen.addAll(seen(batch, placed, users)));
        return seen;
    }

    private record Arrival(AlertEvent event, String id) {

        private Told told(@Nullable String preview) {
            AlertEvent now = switch (event) {
                case AlertRaised raised
                when preview != null ->
                    new AlertRaised(
                            raised.alertId(),
                            raised.site(),
                            raised.caseRef(),
                            raised.sid(),
                            raised.contact(),
                            preview,
                            raised.at());
                case AlertRaised raised -> raised;
                case AlertDismissed dismissed -> dismissed;
            };
            return new Told(id, now.getClass().getSimpleName(), WireJson.MAPPER.writeValueAsString(now));
        }

        /** What its viewers are told; empty when there are none. */
        Optional<Seen> seenBy(List<Viewer> viewers) {
            return viewers.stream()
                    .findFirst()
                    .map(one -> new Seen(
                            event.site(),
                            told(one.preview()),
                            viewers.stream().map(Viewer::userId).collect(Collectors.toSet())));
        }
    }

    private List<Seen> seen(List<Received<AlertEvent>> batch, Placed placed, Collection<String> users) {
        List<Arrival> arrivals = batch.stream()
                .<Arrival>mapMulti((received, arrived) -> {
                    if (received instanceof Received.Arrived<AlertEvent>(AlertEvent event, var problems, var origin)) {
                        arrived.accept(new Arrival(event, placed.idOf(origin)));
                    }
                })
                .toList();
        Map<UUID, List<Viewer>> viewers =
                visible.viewersOf(arrivals.stream().map(Arrival::event).toList(), users).stream()
                        .collect(Collectors.groupingBy(Viewer::alertId));
        return arrivals.stream()
                .flatMap(one -> one.seenBy(viewers.getOrDefault(one.event().alertId(), List.of())).stream())
                .toList();
    }
}
