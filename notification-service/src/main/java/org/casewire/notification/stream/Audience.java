package org.casewire.notification.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.casewire.events.AlertEvent;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.alert.VisibleAlerts;
import org.casewire.notification.alert.VisibleAlerts.Viewer;
import org.casewire.notification.stream.AlertStream.Told;
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

        Told told() {
            return new Told(id, event.getClass().getSimpleName(), WireJson.MAPPER.writeValueAsString(event));
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
        Map<UUID, Set<String>> viewers =
                visible.viewersOf(arrivals.stream().map(Arrival::event).toList(), users).stream()
                        .collect(Collectors.groupingBy(
                                Viewer::alertId, Collectors.mapping(Viewer::userId, Collectors.toSet())));
        return arrivals.stream()
                .filter(one -> viewers.containsKey(one.event().alertId()))
                .map(one -> new Seen(
                        one.event().site(),
                        one.told(),
                        viewers.getOrDefault(one.event().alertId(), Set.of())))
                .toList();
    }
}
