package org.casewire.notification.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.access.Problem;
import org.casewire.notification.cases.CaseSights;
import org.casewire.notification.cases.CaseSights.Lens;
import org.casewire.notification.cases.CaseSights.Viewer;
import org.casewire.notification.stream.AlertStream.Told;
import org.casewire.notification.stream.Audience.Seen;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The streams open at this instance. A record is kept and the streams that are open at that moment are taken under one
 * lock: a stream opened before it is told, one opened after it finds it among the recent ones, none misses it.
 * On the way down streams end first, or the server would wait for them.
 */
@Component
class AlertStreams implements SmartLifecycle {

    private final Object lock = new Object();
    private final Map<Viewing, Set<AlertStream>> open = new HashMap<>();
    private final Audience audience;
    private final CaseSights sights;
    private final StreamProperties properties;
    private final MeterRegistry meters;
    private final Counter cutOff;
    private RecentAlerts recent = new RecentAlerts(new long[0], 0);
    private volatile Told toldUpTo = Told.place(recent.end());
    private volatile boolean running;

    AlertStreams(Audience audience, CaseSights sights, StreamProperties properties, MeterRegistry meters) {
        this.audience = audience;
        this.sights = sights;
        this.properties = properties;
        this.meters = meters;
        this.cutOff = meters.counter("casewire.alert.streams.cut.off");
        meters.gauge("casewire.alert.streams", this, AlertStreams::count);
    }

    /** Whose alerts a stream shows. */
    record Viewing(String site, String user) {}

    /** A stream, and what is to be written before what it will be told. */
    record Opened(AlertStream stream, List<Told> first) {}

    private int count() {
        synchronized (lock) {
            return open.values().stream().mapToInt(Set::size).sum();
        }
    }

    int recentMost() {
        return properties.recent();
    }

    /** Where reading begins; what was kept before stays unless the topic is another now. */
    Bookmark begin(long[] begin) {
        synchronized (lock) {
            if (recent.partitions() != begin.length) {
                recent = new RecentAlerts(begin, properties.recent());
                toldUpTo = Told.place(recent.end());
            }
            return recent.end();
        }
    }

    /** @param lastEventId the last id the page was told, null when it begins */
    Opened open(Viewing viewing, @Nullable String lastEventId) {
        AlertStream stream = new AlertStream(properties.buffer(), view(viewing));
        Bookmark here;
        Optional<Bookmark> from;
        Optional<List<ConsumerRecord<String, byte[]>>> missed;
        synchronized (lock) {
            if (!running) {
                throw new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE", "This instance is stopping; connect again.");
            }
            open.computeIfAbsent(viewing, _ -> new HashSet<>()).add(stream);
            here = recent.end();
            from = lastEventId == null ? Optional.of(here) : recent.place(View.placeIn(lastEventId));
            missed = from.flatMap(recent::since);
        }
        try {
            List<Told> first = new ArrayList<>();
            if (missed.isEmpty()) {
                first.add(Told.refresh(here));
            } else if (lastEventId != null && !stream.view().isIn(lastEventId)) {
                first.add(Told.refresh(from.orElse(here)));
            }
            missed.ifPresent(records -> first.addAll(missed(viewing, from.orElse(here), records)));
            first.add(Told.place(here));
            count(lastEventId, missed.isPresent());
            return new Opened(stream, first);
        } catch (RuntimeException failure) {
            close(viewing, stream);
            throw failure;
        }
    }

    /** Read before the stream is open: what changes after that is noticed. */
    private View view(Viewing viewing) {
        View unknown = new View(0, sights.lens(viewing.site()));
        return views(List.of(viewing)).getOrDefault(viewing, unknown);
    }

    /** By what the lists of these pages come about now. */
    Map<Viewing, View> views(Collection<Viewing> pages) {
        Map<String, Lens> lenses = new HashMap<>();
        pages.forEach(page -> lenses.computeIfAbsent(page.site(), sights::lens));
        Map<Viewer, Long> versions = sights.versions(
                pages.stream().map(page -> new Viewer(page.site(), page.user())).toList());
        Map<Viewing, View> views = new HashMap<>();
        pages.forEach(page -> views.put(
                page,
                new View(
                        versions.getOrDefault(new Viewer(page.site(), page.user()), 0L),
                        lenses.getOrDefault(page.site(), sights.lens(page.site())))));
        return views;
    }

    /** The streams that are open at this moment. */
    Map<Viewing, List<AlertStream>> listening() {
        synchronized (lock) {
            return open.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        }
    }

    /** Tells a page how its list comes about from now on. */
    void show(AlertStream stream, View view, Told told) {
        if (!stream.hasEnded() && !stream.show(view, told)) {
            cutOff.increment();
        }
    }

    private void count(@Nullable String lastEventId, boolean told) {
        if (lastEventId != null) {
            meters.counter("casewire.alert.streams.resumed", "missed", told ? "told" : "too-much")
                    .increment();
        }
    }

    private List<Told> missed(Viewing viewing, Bookmark from, List<ConsumerRecord<String, byte[]>> records) {
        Placed missed = new Placed();
        Bookmark place = from;
        for (ConsumerRecord<String, byte[]> message : records) {
            place = place.after(message.partition(), message.offset());
            if (Placed.siteOf(message).equals(viewing.site())) {
                missed.add(message, place);
            }
        }
        return audience.of(missed, List.of(viewing.user())).stream()
                .map(Seen::told)
                .toList();
    }

    void close(Viewing viewing, AlertStream stream) {
        synchronized (lock) {
            open.computeIfPresent(viewing, (_, streams) -> {
                streams.remove(stream);
                return streams.isEmpty() ? null : streams;
            });
        }
    }

    /** Tells every open stream whose user may see the alert now. */
    void tell(List<ConsumerRecord<String, byte[]>> records) {
        Placed fresh = new Placed();
        Map<Viewing, List<AlertStream>> listening;
        Bookmark here;
        synchronized (lock) {
            listening = listening();
            Set<String> watched = listening.keySet().stream().map(Viewing::site).collect(Collectors.toSet());
            for (ConsumerRecord<String, byte[]> message : records) {
                if (recent.add(message) && watched.contains(Placed.siteOf(message))) {
                    fresh.add(message, recent.end());
                }
            }
            here = recent.end();
        }
        try {
            tell(fresh, listening);
        } catch (RuntimeException failure) {
            // They go on from their last id.
            listening.values().forEach(streams -> streams.forEach(AlertStream::end));
            throw failure;
        } finally {
            toldUpTo = Told.place(here);
        }
    }

    private void tell(Placed fresh, Map<Viewing, List<AlertStream>> listening) {
        Set<String> users = listening.keySet().stream().map(Viewing::user).collect(Collectors.toSet());
        for (Seen seen : audience.of(fresh, users)) {
            seen.users().stream()
                    .map(user -> listening.getOrDefault(new Viewing(seen.site(), user), List.of()))
                    .flatMap(Collection::stream)
                    .filter(stream -> !stream.hasEnded() && !stream.tell(seen.told()))
                    .forEach(_ -> cutOff.increment());
        }
    }

    /** The place up to which everything was handed to the streams. */
    Told place() {
        return toldUpTo;
    }

    /** Ends all streams: their readers connect again and go on from their last id. */
    void endAll() {
        synchronized (lock) {
            open.values().forEach(streams -> streams.forEach(AlertStream::end));
        }
    }

    @Override
    public void start() {
        synchronized (lock) {
            running = true;
        }
    }

    @Override
    public void stop() {
        synchronized (lock) {
            running = false;
        }
        endAll();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
