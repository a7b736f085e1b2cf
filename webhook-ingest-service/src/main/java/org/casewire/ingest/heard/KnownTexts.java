package org.casewire.ingest.heard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The texts of the last days; when there are too many, the oldest minute goes first. */
final class KnownTexts {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final int most;
    private final Map<String, Long> texts = new HashMap<>();
    private final NavigableMap<Long, List<String>> byMinute = new TreeMap<>();
    private long completeFromMinute;

    KnownTexts(int most) {
        this.most = most;
    }

    synchronized void add(String site, String sid, long millis) {
        long minute = Math.floorDiv(millis, MINUTE);
        String text = name(site, sid);
        if (minute >= completeFromMinute && texts.putIfAbsent(text, minute) == null) {
            byMinute.computeIfAbsent(minute, unknown -> new ArrayList<>()).add(text);
        }
        while (texts.size() > most) {
            forgetBefore((byMinute.firstKey() + 1) * MINUTE);
        }
    }

    synchronized boolean contains(String site, String sid) {
        return texts.containsKey(name(site, sid));
    }

    /** Drops what was published before; from the next whole minute on everything is known. */
    synchronized void forgetBefore(long millis) {
        completeFromMinute = Math.max(completeFromMinute, Math.ceilDiv(millis, MINUTE));
        NavigableMap<Long, List<String>> old = byMinute.headMap(completeFromMinute, false);
        old.values().forEach(forgotten -> forgotten.forEach(texts::remove));
        old.clear();
    }

    /** Everything published since then is known, as far as the log has been read. */
    synchronized Instant completeFrom() {
        return Instant.ofEpochMilli(completeFromMinute * MINUTE);
    }

    private static String name(String site, String sid) {
        return site + '|' + sid;
    }
}
