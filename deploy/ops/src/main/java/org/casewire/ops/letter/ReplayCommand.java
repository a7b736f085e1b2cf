package org.casewire.ops.letter;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.casewire.ops.Failed;
import org.casewire.ops.LogReader;
import org.casewire.ops.Place;
import org.casewire.ops.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands letters once more to the group that could not handle them. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Writes letters once more to their topics, for the group alone that put them aside (x-replay-for).",
            "",
            "Key, value, headers and the order within a partition stay. What was handled meanwhile is not done twice:"
                    + " a request is known by its messageId, a reply by its SID. A letter that was replayed is passed"
                    + " over from then on.",
            "",
            "On a topic that keeps the latest record of a key (cases, contacts, users, calendar, sites), a letter is passed over"
                    + " when a later record of its key stands there; else the record follows once more for everybody,"
                    + " because Kafka would otherwise forget it for the groups that skip the replay."
        })
final class ReplayCommand implements Runnable {

    @Mixin
    Place place = new Place();

    @Mixin
    Choice choice = new Choice();

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            converter = IdReader.class,
            description = "letters, as list shows them: topic/partition/offset")
    List<Letter.Id> ids = List.of();

    @Option(names = "--all", description = "all letters, where no ID and no other choice is given")
    boolean all;

    @Option(names = "--again", description = "those too that were replayed before")
    boolean again;

    @Option(
            names = "--for",
            paramLabel = "GROUP",
            description = "the group, for letters that do not say which could not handle them")
    @Nullable
    String group;

    @Option(names = "--dry-run", description = "only say what would be replayed")
    boolean dryRun;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (ids.isEmpty() && choice.isEmpty() && !all) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Which letters? Name their IDs, or choose some (--topic, --reason, …), or --all.");
        }
        if (!ids.isEmpty() && (all || !choice.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "Either IDs or a choice, not both.");
        }
        PrintWriter out = spec.commandLine().getOut();
        Properties kafka = place.kafka();
        try (LogReader log = new LogReader(kafka);
                LogReader topics = new LogReader(kafka)) {
            Letters letters =
                    new Letters(log, choice, new Progress(spec.commandLine().getErr(), "records read"));
            Later later = new Later(topics, new Progress(spec.commandLine().getErr(), "records compared"));
            letters.each(choice, letter -> {
                if (isMeant(letter)) {
                    later.watch(letter);
                }
            });
            later.look();
            replay(letters, later, kafka, out);
        } finally {
            out.flush();
        }
    }

    private void replay(Letters letters, Later later, Properties kafka, PrintWriter out) {
        Set<Letter.Id> unseen = new HashSet<>(ids);
        try (Replay replay = new Replay(kafka, group, dryRun, out)) {
            letters.each(choice, letter -> {
                if (!isMeant(letter)) {
                    return;
                }
                unseen.remove(letter.id());
                if (!again && letters.replayed(letter).isPresent()) {
                    replay.passOver(letter, Replay.Why.REPLAYED_BEFORE);
                } else if (later.supersedes(letter)) {
                    replay.passOver(letter, Replay.Why.SUPERSEDED);
                } else {
                    replay.add(letter);
                }
            });
            replay.finish();
        }
        if (!unseen.isEmpty()) {
            throw new Failed("There is no dead letter "
                    + String.join(
                            ", ",
                            unseen.stream().sorted().map(Letter.Id::toString).toList())
                    + ". deploy/ops/dead-letters list shows the ones that are.");
        }
    }

    private boolean isMeant(Letter letter) {
        return ids.isEmpty() ? choice.holds(letter) : ids.contains(letter.id());
    }
}
