package org.casewire.ops.letter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.Topics;
import org.casewire.ops.Failed;
import org.casewire.ops.LogReader;
import org.casewire.ops.LogReader.Span;
import org.casewire.ops.Progress;
import org.jspecify.annotations.Nullable;

/** All dead letters of an installation as they stand when this is made, with the notes of what was replayed. */
final class Letters {

    private final LogReader log;
    private final Span span;
    private final Progress progress;
    private final Map<Letter.Id, Replayed> replayed = new HashMap<>();

    /** Reads once for the notes, which stand after their letters. */
    Letters(LogReader log, Choice choice, Progress progress) {
        this.log = log;
        this.progress = progress;
        this.span = log.span(partitions(choice.plainTopic()), choice.since);
        log.read(
                span,
                progress,
                message -> Replayed.of(message)
                        .ifPresent(note -> replayed.put(
                                new Letter.Id(new Letter(message).topic(), message.partition(), note.offset()), note)));
    }

    private Collection<TopicPartition> partitions(@Nullable String topic) {
        List<String> dead = log.topics().stream()
                .filter(name -> name.endsWith(Topics.DEAD_LETTER_SUFFIX))
                .toList();
        String wanted = topic + Topics.DEAD_LETTER_SUFFIX;
        if (topic != null && !dead.contains(wanted)) {
            throw new Failed("--topic: there is no topic " + wanted + ". There are: "
                    + String.join(", ", dead.stream().sorted().toList()));
        }
        List<TopicPartition> partitions = new ArrayList<>();
        dead.stream()
                .filter(name -> topic == null || name.equals(wanted))
                .forEach(name -> partitions.addAll(log.partitions(name)));
        return partitions;
    }

    /** Every letter of the choice, in order within each partition. */
    void each(Choice choice, Consumer<Letter> taker) {
        log.read(span, progress, message -> {
            if (Replayed.of(message).isEmpty()) {
                Letter letter = new Letter(message);
                if (choice.holds(letter)) {
                    taker.accept(letter);
                }
            }
        });
    }

    Optional<Replayed> replayed(Letter letter) {
        return Optional.ofNullable(replayed.get(letter.id()));
    }
}
