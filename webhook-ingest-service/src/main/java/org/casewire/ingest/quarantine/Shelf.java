package org.casewire.ingest.quarantine;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is kept, in memory and bounded: what names another account goes first, then the oldest. */
final class Shelf {

    private final int mostOfSite;
    private final long mostBytes;
    private final Map<String, Site> sites = new HashMap<>();

    Shelf(int mostOfSite, long mostBytes) {
        this.mostOfSite = mostOfSite;
        this.mostBytes = mostBytes;
    }

    /** Of one site, by id: first what may go first. */
    private static final class Site {
        private final NavigableMap<String, Kept> plausible = new TreeMap<>();
        private final NavigableMap<String, Kept> others = new TreeMap<>();
        private long bytes;

        NavigableMap<String, Kept> rowOf(Kept kept) {
            return kept.plausible() ? plausible : others;
        }

        void put(Kept kept) {
            Kept before = rowOf(kept).put(kept.id(), kept);
            bytes += kept.size() - (before == null ? 0 : before.size());
        }

        int size() {
            return plausible.size() + others.size();
        }

        void dropOne() {
            NavigableMap<String, Kept> row = others.isEmpty() ? plausible : others;
            bytes -= row.pollFirstEntry().getValue().size();
        }

        void dropBefore(Instant time) {
            for (NavigableMap<String, Kept> row : List.of(plausible, others)) {
                while (!row.isEmpty() && row.firstEntry().getValue().at().isBefore(time)) {
                    bytes -= row.pollFirstEntry().getValue().size();
                }
            }
        }

        Optional<Kept> find(String id) {
            return Optional.ofNullable(plausible.getOrDefault(id, others.get(id)));
        }
    }

    /** Takes it over; of what is known already, a replay is the later word. */
    synchronized void put(Kept kept) {
        Site site = sites.computeIfAbsent(kept.site(), first -> new Site());
        if (kept.state() == Kept.State.REPLAYED
                || site.find(kept.id())
                        .filter(known -> known.replayedAt() != null)
                        .isEmpty()) {
            site.put(kept);
        }
        while (site.size() > mostOfSite) {
            site.dropOne();
        }
        while (sites.values().stream().mapToLong(one -> one.bytes).sum() > mostBytes) {
            sites.values().stream()
                    .max(Comparator.comparingLong(one -> one.bytes))
                    .orElseThrow()
                    .dropOne();
        }
    }

    synchronized void dropBefore(Instant time) {
        sites.values().forEach(site -> site.dropBefore(time));
    }

    synchronized Optional<Kept> find(String site, String id) {
        return Optional.ofNullable(sites.get(site)).flatMap(known -> known.find(id));
    }

    /** The newest first, those before {@code cursor} where one is given. */
    synchronized List<Kept> list(String site, Optional<String> cursor, Predicate<Kept> wanted, int limit) {
        Site known = sites.getOrDefault(site, new Site());
        NavigableMap<String, Kept> all = new TreeMap<>(known.plausible);
        all.putAll(known.others);
        NavigableMap<String, Kept> page =
                cursor.map(id -> all.headMap(id, false)).orElse(all);
        return page.descendingMap().values().stream()
                .filter(wanted)
                .limit(limit)
                .toList();
    }
}
