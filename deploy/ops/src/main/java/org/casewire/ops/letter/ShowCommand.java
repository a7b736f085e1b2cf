package org.casewire.ops.letter;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.casewire.ops.Failed;
import org.casewire.ops.LogReader;
import org.casewire.ops.Place;
import org.casewire.ops.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one letter. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one letter: why it was put aside, where it came from, its headers.")
final class ShowCommand implements Runnable {

    @Mixin
    Place place = new Place();

    @Parameters(paramLabel = "ID", converter = IdReader.class, description = "as list shows it: topic/partition/offset")
    Letter.Id id = new Letter.Id("", 0, 0);

    @Option(names = "--value", description = "show the key and the value too: they hold numbers and texts")
    boolean value;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Choice choice = new Choice();
        choice.topic = id.topic();
        PrintWriter out = spec.commandLine().getOut();
        try (LogReader log = new LogReader(place.kafka())) {
            Letters letters =
                    new Letters(log, choice, new Progress(spec.commandLine().getErr(), "records read"));
            List<Letter> found = new ArrayList<>();
            letters.each(choice, letter -> {
                if (letter.id().equals(id)) {
                    found.add(letter);
                }
            });
            if (found.isEmpty()) {
                throw new Failed(
                        "There is no dead letter " + id + ". deploy/ops/dead-letters list shows the ones that are.");
            }
            print(out, found.getFirst(), letters);
        }
        out.flush();
    }

    private void print(PrintWriter out, Letter letter, Letters letters) {
        line(out, "letter", letter.id().toString());
        line(out, "put aside", letter.at().toString());
        line(out, "by", letter.group());
        line(out, "reason", letter.reason());
        line(
                out,
                "stood on",
                "%s, partition %s, offset %s"
                        .formatted(
                                letter.topic(),
                                letter.header(Letter.PARTITION).orElse("?"),
                                letter.header(Letter.OFFSET).orElse("?")));
        line(
                out,
                "replayed",
                letters.replayed(letter)
                        .map(note -> note.at() + ", stands at " + letter.topic() + " " + note.to())
                        .orElse("no"));
        line(out, "key", value ? letter.key() : letter.maskedKey());
        byte[] bytes = letter.message().value();
        line(out, "value", bytes == null ? "none (a tombstone)" : bytes.length + " bytes");
        out.println();
        letter.message().headers().forEach(header -> {
            if (!header.key().equals(Letter.EXCEPTION)) {
                line(out, header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        });
        letter.header(Letter.EXCEPTION).ifPresent(stack -> out.println("\n" + stack.stripTrailing()));
        if (value && bytes != null) {
            out.println("\n" + new String(bytes, StandardCharsets.UTF_8));
        }
        out.println("\nNext, when its cause is mended: deploy/ops/dead-letters replay " + letter.id());
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("%-16s %s".formatted(name, value));
    }
}
