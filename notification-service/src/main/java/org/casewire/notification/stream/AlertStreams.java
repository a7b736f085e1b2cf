package org.casewire.notification.stream;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.casewire.events.AlertEvent;
import org.casewire.events.access.Problem;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.alert.VisibleAlerts;
import org.casewire.notification.alert.VisibleAlerts.Viewer;
import org.casewire.notification.stream.AlertStream.Told;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The streams open at this instance. On the way down they end first, or the server would wait for them. */
@Component
class AlertStreams implements SmartLifecycle {

    private final Map<Viewing, Set<AlertStream>> open = new ConcurrentHashMap<>();
    private final VisibleAlerts visible;
    private final StreamProperties properties;
    private final Clock clock;
    private volatile boolean running;
    private long lastId;

    AlertStreams(VisibleAlerts visible, StreamProperties properties, Clock clock, MeterRegistry meters) {
        this.visible = visible;
        this.properties = properties;
        this.clock = clock;
        meters.gauge(
                "casewire.alert.streams",
                open,
                streams -> streams.values().stream().mapToInt(Set::size).sum());
    }

    /** Whose alerts a stream shows. */
    record Viewing(String site, String user) {}

    AlertStream open(Viewing viewing) {
        AlertStream stream = new AlertStream(properties.buffer());
        open.compute(viewing, (_, before) -> {
            Set<AlertStream> streams = before == null ? ConcurrentHashMap.newKeySet() : before;
            streams.add(stream);
            return streams;
        });
        if (!running) {
            close(viewing, stream);
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE", "This instance is stopping; connect again.");
        }
        return stream;
    }

    void close(Viewing viewing, AlertStream stream) {
        open.computeIfPresent(viewing, (_, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }

    /** Tells every open stream whose user may see the alert now. */
    void tell(List<AlertEvent> events) {
        Set<String> watched = open.keySet().stream().map(Viewing::site).collect(Collectors.toSet());
        List<AlertEvent> wanted =
                events.stream().filter(event -> watched.contains(event.site())).toList();
        if (wanted.isEmpty()) {
            return;
        }
        Map<UUID, Set<String>> viewers = visible.viewersOf(wanted).stream()
                .collect(Collectors.groupingBy(
                        Viewer::alertId, Collectors.mapping(Viewer::userId, Collectors.toCollection(HashSet::new))));
        for (AlertEvent event : wanted) {
            Told told = told(event);
            viewers.getOrDefault(event.alertId(), Set.of()).stream()
                    .map(user -> open.getOrDefault(new Viewing(event.site(), user), Set.of()))
                    .flatMap(Collection::stream)
                    .forEach(stream -> stream.tell(told));
        }
    }

    /** Ids are moments, so that they go on rising at another instance and after a restart. */
    private Told told(AlertEvent event) {
        lastId = Math.max(lastId + 1, ChronoUnit.MICROS.between(java.time.Instant.EPOCH, clock.instant()));
        return new Told(lastId, event.getClass().getSimpleName(), WireJson.MAPPER.writeValueAsString(event));
    }

    /** Ends all streams: their readers connect again and load the list. */
    void endAll() {
        open.values().forEach(streams -> streams.forEach(AlertStream::end));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        endAll();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
