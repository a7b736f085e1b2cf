package org.casewire.twin.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the people hold: every text a handset received or sent, in the order they saw it. */
public final class Handsets {

    private final Map<String, List<Message>> texts = new ConcurrentHashMap<>();
    private final Changes changes = new Changes();

    void show(Message message) {
        String handset = message.direction() == Direction.INBOUND ? message.from() : message.to();
        texts.compute(handset, (_, before) -> {
            List<Message> list = before == null ? new ArrayList<>(2) : before;
            synchronized (list) {
                list.add(message);
            }
            return list;
        });
        changes.tell();
    }

    void clear() {
        texts.clear();
        changes.tell();
    }

    /** All texts of a handset, both ways, oldest first. */
    public List<Message> texts(String handset) {
        List<Message> list = texts.get(handset);
        if (list == null) {
            return List.of();
        }
        synchronized (list) {
            return List.copyOf(list);
        }
    }

    /** The handsets used last, latest first. */
    public List<String> latest(int limit) {
        return texts.entrySet().stream()
                .map(handset -> Map.entry(handset.getKey(), lastSeen(handset.getValue())))
                .sorted(Map.Entry.<String, Instant>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Instant lastSeen(List<Message> list) {
        synchronized (list) {
            return list.getLast().shownAt();
        }
    }

    /** Tells when something new is on any handset. */
    public Changes changes() {
        return changes;
    }
}
