package org.casewire.twin.optout;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.casewire.twin.journal.Journal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Who has told which number to stop. Nothing is sent to them from it until they say START. */
public final class BlockList implements Journal.Chapter {

    private static final String KIND = "block";

    private record Pair(String number, String handset) {}

    private record Line(Pair pair, boolean blocked) implements Journal.Entry {
        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public void write(JsonGenerator json) {
            json.writeStringProperty("number", pair.number());
            json.writeStringProperty("handset", pair.handset());
            json.writeBooleanProperty("blocked", blocked);
        }
    }

    private final Set<Pair> blocked = ConcurrentHashMap.newKeySet();
    private volatile Consumer<Journal.Entry> journal = _ -> {};

    /** From now on every change goes there. */
    public void keepIn(Consumer<Journal.Entry> entries) {
        this.journal = entries;
    }

    /** Whether the handset wants nothing from the number. */
    public boolean blocks(String number, String handset) {
        return !blocked.isEmpty() && blocked.contains(new Pair(number, handset));
    }

    /** The numbers a handset wants nothing from. */
    public List<String> blockedBy(String handset) {
        return blocked.stream()
                .filter(pair -> pair.handset().equals(handset))
                .map(Pair::number)
                .sorted()
                .toList();
    }

    /** Twilio's word on what a keyword changes; false when nothing changed. */
    public boolean apply(Keyword keyword, String number, String handset) {
        Pair pair = new Pair(number, handset);
        return switch (keyword) {
            case STOP -> blocked.add(pair) && kept(pair, true);
            case START -> blocked.remove(pair) && kept(pair, false);
            case HELP -> false;
        };
    }

    private boolean kept(Pair pair, boolean isBlocked) {
        journal.accept(new Line(pair, isBlocked));
        return true;
    }

    /** Forgets everybody. */
    public void clear() {
        blocked.clear();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void replay(JsonNode line) {
        Pair pair =
                new Pair(line.path("number").asString(""), line.path("handset").asString(""));
        if (line.path("blocked").asBoolean()) {
            blocked.add(pair);
        } else {
            blocked.remove(pair);
        }
    }

    @Override
    public Iterable<Line> entries() {
        return blocked.stream()
                .sorted(Comparator.comparing(Pair::number).thenComparing(Pair::handset))
                .map(pair -> new Line(pair, true))
                .toList();
    }
}
