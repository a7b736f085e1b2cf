package org.casewire.ops.letter;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.Topics;
import org.casewire.ops.LogReader;
import org.casewire.ops.Place;
import org.casewire.ops.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Removes a person's letters. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description = {
            "Removes the letters about a person, by their number: in the key, or in to or contact of the value.",
            "",
            "Kafka only deletes from a partition's beginning. So the others that stand before the last one of that person are"
                    + " written anew behind it, with their time, what is noted of them, and a new id; then all up to there are"
                    + " deleted. The user needs the right Delete on the .dlt topics. Run again, it goes on where it was stopped."
        })
final class EraseCommand implements Runnable {

    @Mixin
    Place place = new Place();

    @Option(names = "--site", required = true, paramLabel = "SITE", description = "of this site")
    String site = "";

    @Option(
            names = "--contact",
            required = true,
            paramLabel = "NUMBER",
            description = "the person's number, like +14045387319")
    String contact = "";

    @Option(names = "--dry-run", description = "only say how many there are")
    boolean dryRun;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        String digits = Letter.digits(contact);
        if (digits.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--contact must be a number like +14045387319.");
        }
        PrintWriter out = spec.commandLine().getOut();
        Properties kafka = place.kafka();
        Progress progress = new Progress(spec.commandLine().getErr(), "records read");
        try (LogReader log = new LogReader(kafka)) {
            Map<TopicPartition, Shelf> shelves = shelves(log, progress, digits);
            long erased = shelves.values().stream().mapToLong(Shelf::persons).sum();
            long moved = 0;
            if (!dryRun && erased > 0) {
                try (Removal removal = new Removal(kafka, log, progress)) {
                    for (Map.Entry<TopicPartition, Shelf> shelf : shelves.entrySet()) {
                        moved += removal.remove(shelf.getKey(), shelf.getValue());
                    }
                }
            }
            out.println((dryRun ? "Would erase " : "Erased ")
                    + erased
                    + (erased == 1 ? " letter" : " letters")
                    + (moved == 0 ? "." : "; " + moved + " of others have new ids."));
        }
        out.flush();
    }

    /** What stands on each partition that holds any of the person's letters. */
    private Map<TopicPartition, Shelf> shelves(LogReader log, Progress progress, String digits) {
        List<TopicPartition> partitions = new ArrayList<>();
        log.topics().stream()
                .filter(name -> name.endsWith(Topics.DEAD_LETTER_SUFFIX))
                .forEach(name -> partitions.addAll(log.partitions(name)));
        Map<TopicPartition, Shelf> shelves =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        log.read(log.span(partitions, null), progress, message -> {
            Shelf shelf =
                    shelves.computeIfAbsent(new TopicPartition(message.topic(), message.partition()), _ -> new Shelf());
            shelf.take(message, letter -> letter.isAbout(site, digits));
        });
        shelves.values().removeIf(shelf -> shelf.persons() == 0);
        return shelves;
    }
}
