package org.casewire.ops.letter;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.casewire.events.Topics;
import org.casewire.ops.Moment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which letters are meant. */
final class Choice {

    @Option(names = "--topic", paramLabel = "TOPIC", description = "of this topic, with or without .dlt")
    @Nullable
    String topic;

    @Option(names = "--group", paramLabel = "GROUP", description = "of this consumer group, such as routing-service")
    @Nullable
    String group;

    @Option(names = "--site", paramLabel = "SITE", description = "of this site")
    @Nullable
    String site;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "put aside since then: 2026-11-22T10:00:00Z, or how long ago: 90m, 3d")
    @Nullable
    Instant since;

    @Option(names = "--reason", paramLabel = "WORDS", description = "whose reason holds these words")
    @Nullable
    String reason;

    /** Whether anything was chosen at all. */
    boolean isEmpty() {
        return Stream.of(topic, group, site, since, reason).allMatch(one -> one == null);
    }

    /** The topic that was named, without the ending of dead letters. */
    @Nullable
    String plainTopic() {
        return topic == null || !topic.endsWith(Topics.DEAD_LETTER_SUFFIX)
                ? topic
                : topic.substring(0, topic.length() - Topics.DEAD_LETTER_SUFFIX.length());
    }

    boolean holds(Letter letter) {
        return (topic == null || letter.topic().equals(plainTopic()))
                && (group == null || letter.group().equals(group))
                && (site == null || letter.site().equals(site))
                && (since == null || !letter.at().isBefore(since))
                && (reason == null
                        || letter.reason().toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT)));
    }
}
