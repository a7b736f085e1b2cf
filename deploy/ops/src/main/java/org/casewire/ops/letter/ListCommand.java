package org.casewire.ops.letter;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.casewire.ops.LogReader;
import org.casewire.ops.Place;
import org.casewire.ops.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Counts letters by topic, group and reason, then lists the latest. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Counts the letters by topic, group and reason, then lists the latest.")
final class ListCommand implements Runnable {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    @Mixin
    Place place = new Place();

    @Mixin
    Choice choice = new Choice();

    @Option(names = "--waiting", description = "only those that were not replayed yet")
    boolean waiting;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "list so many, the latest first (default: 20)")
    int limit;

    @Option(names = "--json", description = "one JSON document a line, and no counts")
    boolean json;

    @Spec
    CommandSpec spec = CommandSpec.create();

    /** A line of the counts. */
    private record Kind(String topic, String group, String reason) implements Comparable<Kind> {

        /** Letters whose reasons differ only in what they quote are of one kind. */
        static Kind of(Letter letter) {
            String reason =
                    letter.reason().replaceAll("'[^']*'|\"[^\"]*\"", "'…'").replaceAll("\\d+", "#");
            return new Kind(letter.topic(), letter.group(), cut(reason, 70));
        }

        @Override
        public int compareTo(Kind other) {
            return Comparator.comparing(Kind::topic)
                    .thenComparing(Kind::group)
                    .thenComparing(Kind::reason)
                    .compare(this, other);
        }
    }

    /** How many, and how many of them were replayed. */
    private record Count(long all, long replayed) {

        Count plus(Count other) {
            return new Count(all + other.all, replayed + other.replayed);
        }
    }

    @Override
    public void run() {
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit must not be negative.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (LogReader log = new LogReader(place.kafka())) {
            Letters letters =
                    new Letters(log, choice, new Progress(spec.commandLine().getErr(), "records read"));
            Map<Kind, Count> counts = new TreeMap<>();
            PriorityQueue<Letter> latest = new PriorityQueue<>(Comparator.comparing(Letter::at));
            letters.each(choice, letter -> {
                boolean replayed = letters.replayed(letter).isPresent();
                if (!waiting || !replayed) {
                    counts.merge(Kind.of(letter), new Count(1, replayed ? 1 : 0), Count::plus);
                    latest.add(letter);
                    if (latest.size() > limit) {
                        latest.poll();
                    }
                }
            });
            List<Letter> shown = new ArrayList<>(latest);
            shown.sort(Comparator.comparing(Letter::at).reversed().thenComparing(Letter::id));
            if (json) {
                shown.forEach(letter -> out.println(document(letter, letters)));
            } else {
                print(out, counts, shown, letters);
            }
        }
        out.flush();
    }

    private void print(PrintWriter out, Map<Kind, Count> counts, List<Letter> shown, Letters letters) {
        if (counts.isEmpty()) {
            out.println(choice.isEmpty() && !waiting ? "There are no dead letters." : "No dead letter is like that.");
            return;
        }
        Count all = counts.values().stream().reduce(new Count(0, 0), Count::plus);
        out.println("%d dead letters, %d of them replayed".formatted(all.all(), all.replayed()));
        out.println();
        out.println("%8s %8s  %-16s %-24s %s".formatted("letters", "replayed", "topic", "group", "reason"));
        counts.forEach((kind, count) -> out.println("%8d %8d  %-16s %-24s %s"
                .formatted(count.all(), count.replayed(), kind.topic(), kind.group(), kind.reason())));
        if (!shown.isEmpty()) {
            out.println();
            out.println("The latest" + (shown.size() < all.all() ? " " + shown.size() : "") + ":");
            shown.forEach(letter -> out.println(line(letter, letters)));
            out.println();
            out.println("Next: deploy/ops/dead-letters show " + shown.getFirst().id());
        }
    }

    private static String line(Letter letter, Letters letters) {
        return "%s  %s  %s  %s  %s%s  %s"
                .formatted(
                        letter.id(),
                        letter.at(),
                        letter.group(),
                        letter.maskedKey(),
                        letter.event(),
                        letters.replayed(letter)
                                .map(note -> "  replayed " + note.at())
                                .orElse(""),
                        cut(letter.reason(), 100));
    }

    private static String document(Letter letter, Letters letters) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", letter.id().toString());
        fields.put("at", letter.at().toString());
        fields.put("topic", letter.topic());
        fields.put("group", letter.group());
        fields.put("site", letter.site());
        fields.put("event", letter.event());
        fields.put("reason", letter.reason());
        letters.replayed(letter).ifPresent(note -> {
            fields.put("replayedAt", note.at().toString());
            fields.put("replayedTo", note.to());
        });
        return JSON.writeValueAsString(fields);
    }

    private static String cut(String words, int length) {
        return words.length() <= length ? words : words.substring(0, length - 1) + "…";
    }
}
