package org.casewire.outbound.quiet;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.casewire.events.SiteDocument.QuietHours;

/** The quiet spans of every zone around a moment, and when the first common time between them begins and ends. */
final class Timeline {

    /** Without a moment that is free in all zones by then, there is none. */
    private static final Duration PATIENCE = Duration.ofHours(48);

    /** A span over midnight began the day before; a clock that is set back over midnight shows a day twice. */
    private static final int DAYS_BEFORE = 2;

    /** Patience, and one day more to see the end of a free time that begins then. */
    private static final int DAYS_AFTER = 4;

    private final Instant at;
    private final List<List<Span>> zones;

    private Timeline(Instant at, List<List<Span>> zones) {
        this.at = at;
        this.zones = zones;
    }

    /** From the start until just before the end it is quiet. */
    private record Span(Instant start, Instant end) {

        boolean contains(Instant moment) {
            return !moment.isBefore(start) && moment.isBefore(end);
        }
    }

    static Timeline around(Instant at, List<QuietHours> hours, Set<ZoneId> zones) {
        return new Timeline(
                at, zones.stream().map(zone -> spans(at, hours, zone)).toList());
    }

    private static List<Span> spans(Instant at, List<QuietHours> hours, ZoneId zone) {
        LocalDate today = at.atZone(zone).toLocalDate();
        List<Span> spans = new ArrayList<>();
        for (int day = -DAYS_BEFORE; day <= DAYS_AFTER; day++) {
            LocalDate date = today.plusDays(day);
            for (QuietHours quiet : hours) {
                LocalDate endsOn = quiet.to().isAfter(quiet.from()) ? date : date.plusDays(1);
                spans.add(new Span(
                        firstShown(date.atTime(quiet.from()), zone), lastShown(endsOn.atTime(quiet.to()), zone)));
            }
        }
        return spans;
    }

    private static Instant firstShown(LocalDateTime clock, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(clock);
        return offsets.isEmpty() ? endOfGap(clock, zone) : clock.toInstant(offsets.getFirst());
    }

    private static Instant lastShown(LocalDateTime clock, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(clock);
        return offsets.isEmpty() ? endOfGap(clock, zone) : clock.toInstant(offsets.getLast());
    }

    private static Instant endOfGap(LocalDateTime skipped, ZoneId zone) {
        return zone.getRules().getTransition(skipped).getInstant();
    }

    /** When a text may leave, which may be at once. */
    Instant firstFree() {
        Instant latest = at.plus(PATIENCE);
        Instant moment = at;
        while (moment.isBefore(latest)) {
            Instant later = endOfQuiet(moment);
            if (later.equals(moment)) {
                return moment;
            }
            moment = later;
        }
        return firstWith(fewestQuiet());
    }

    /** When quiet begins again after the first free time. */
    Optional<Instant> endOfFirstFree() {
        Instant free = firstFree();
        long quiet = quietZones(free);
        return changes().stream()
                .filter(change -> change.isAfter(free) && quietZones(change) > quiet)
                .findFirst();
    }

    /** The latest end of what is quiet at that moment; the moment itself when nothing is. */
    private Instant endOfQuiet(Instant moment) {
        Instant end = moment;
        for (List<Span> zone : zones) {
            for (Span span : zone) {
                if (span.contains(moment) && span.end().isAfter(end)) {
                    end = span.end();
                }
            }
        }
        return end;
    }

    private long quietZones(Instant moment) {
        return zones.stream()
                .filter(spans -> spans.stream().anyMatch(span -> span.contains(moment)))
                .count();
    }

    private long fewestQuiet() {
        return moments().mapToLong(this::quietZones).min().orElse(0);
    }

    private Instant firstWith(long quiet) {
        return moments()
                .filter(moment -> quietZones(moment) == quiet)
                .findFirst()
                .orElse(at);
    }

    private Stream<Instant> moments() {
        return Stream.concat(Stream.of(at), changes().stream().filter(change -> change.isBefore(at.plus(PATIENCE))));
    }

    /** Every time after {@code at} at which quiet begins or ends somewhere. */
    private TreeSet<Instant> changes() {
        TreeSet<Instant> changes = new TreeSet<>();
        zones.forEach(spans -> spans.forEach(span -> {
            changes.add(span.start());
            changes.add(span.end());
        }));
        return new TreeSet<>(changes.tailSet(at, false));
    }
}
