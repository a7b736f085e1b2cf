package org.casewire.ops.letter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.casewire.events.Topics;
import org.casewire.ops.LogReader;
import org.casewire.ops.LogReader.Span;
import org.casewire.ops.Progress;

/** Knows, for topics whose last record of a key is the state, whether such a record came after a letter's. */
final class Later {

    private static final Set<String> OF_STATE = Topics.all().stream()
            .filter(topic -> "compact".equals(topic.settings().get("cleanup.policy")))
            .map(Topics.Topic::name)
            .collect(Collectors.toUnmodifiableSet());

    private final LogReader log;
    private final Progress progress;
    private final Map<TopicPartition, Long> from = new HashMap<>();
    private final Map<TopicPartition, Map<ByteBuffer, Last>> last = new HashMap<>();

    /** A key's last record. */
    private record Last(long offset, int content) {}

    Later(LogReader log, Progress progress) {
        this.log = log;
        this.progress = progress;
    }

    static boolean isOfState(String topic) {
        return OF_STATE.contains(topic);
    }

    /** From now on the letter's key is looked for. */
    void watch(Letter letter) {
        if (isOfState(letter.topic()) && letter.message().key() != null) {
            from.merge(place(letter), offset(letter), Math::min);
            last.computeIfAbsent(place(letter), _ -> new HashMap<>())
                    .put(ByteBuffer.wrap(letter.message().key()), new Last(-1, 0));
        }
    }

    private static TopicPartition place(Letter letter) {
        int partition = letter.header(Letter.PARTITION)
                .filter(number -> number.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(letter.message().partition());
        return new TopicPartition(letter.topic(), partition);
    }

    private static long offset(Letter letter) {
        return letter.header(Letter.OFFSET)
                .filter(number -> number.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** Reads what came after the letters. */
    void look() {
        if (from.isEmpty()) {
            return;
        }
        Span whole = log.span(from.keySet(), null);
        Map<TopicPartition, Long> starts = new HashMap<>(whole.from());
        from.forEach((partition, offset) -> starts.merge(partition, offset, Math::max));
        log.read(new Span(starts, whole.until()), progress, message -> {
            Map<ByteBuffer, Last> keys = last.get(new TopicPartition(message.topic(), message.partition()));
            if (keys != null && message.key() != null) {
                keys.computeIfPresent(
                        ByteBuffer.wrap(message.key()),
                        (_, _) -> new Last(message.offset(), Arrays.hashCode(message.value())));
            }
        });
    }

    /** Whether a later record of the letter's key says something else; its own replay says the same. */
    boolean supersedes(Letter letter) {
        Map<ByteBuffer, Last> keys = last.get(place(letter));
        if (keys == null || letter.message().key() == null) {
            return false;
        }
        Last found = keys.get(ByteBuffer.wrap(letter.message().key()));
        return found != null
                && found.offset() > offset(letter)
                && found.content() != Arrays.hashCode(letter.message().value());
    }
}
