package org.casewire.ops.letter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.casewire.events.Topics;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A record that a service put aside, as it stands on its topic's dead letters. */
record Letter(ConsumerRecord<byte[], byte[]> message) {

    static final String REASON = "x-reason";
    static final String EXCEPTION = "x-exception";
    static final String PARTITION = "x-partition";
    static final String OFFSET = "x-offset";
    static final String GROUP = "x-group";

    /** Of a letter that was written anew: where it stood. */
    static final String MOVED_FROM = "x-moved-from";

    private static final int NATIONAL_LENGTH = 10;
    private static final Pattern NUMBER = Pattern.compile("\\+?\\d{5,}");

    /** Where a letter stands: the topic it was meant for, and its place among that topic's dead letters. */
    record Id(String topic, int partition, long offset) implements Comparable<Id> {

        @Override
        public int compareTo(Id other) {
            return Comparator.comparing(Id::topic)
                    .thenComparingInt(Id::partition)
                    .thenComparingLong(Id::offset)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return topic + "/" + partition + "/" + offset;
        }
    }

    Id id() {
        return new Id(topic(), message.partition(), message.offset());
    }

    /** The topic it was meant for. */
    String topic() {
        return message.topic().substring(0, message.topic().length() - Topics.DEAD_LETTER_SUFFIX.length());
    }

    Instant at() {
        return Instant.ofEpochMilli(message.timestamp());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(message.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    String group() {
        return header(GROUP).orElse("?");
    }

    String reason() {
        return header(REASON).orElse("no reason given").replaceAll("\\s+", " ");
    }

    /** The event's name, without what all of them begin and end with. */
    String event() {
        return header("ce_type").orElse("?").replaceFirst("^casewire\\.", "").replaceFirst("\\.v1$", "");
    }

    /** The site that the key names, else the one that the value names. */
    String site() {
        if (message.key() != null) {
            return key().split("\\|", 2)[0];
        }
        String named = field("site");
        return named.isEmpty() ? "?" : named;
    }

    /** Whether it is about that person, as far as its key or what can be read of its value tells. */
    boolean isAbout(String site, String digits) {
        String[] key = key().split("\\|", 2);
        return site().equals(site)
                && (key.length == 2 && digits(key[1]).equals(digits)
                        || digits(field("to")).equals(digits)
                        || digits(field("contact")).equals(digits));
    }

    /** The digits of a number; those of a North American one in its national form get their 1. */
    static String digits(String number) {
        String digits = number.replaceAll("\\D", "");
        return digits.length() == NATIONAL_LENGTH ? "1" + digits : digits;
    }

    /** A field of the value, empty when there is none. */
    private String field(String name) {
        try {
            return message.value() == null
                    ? ""
                    : JsonMapper.shared().readTree(message.value()).path(name).asString("");
        } catch (JacksonException noJson) {
            return "";
        }
    }

    String key() {
        return message.key() == null ? "none" : new String(message.key(), StandardCharsets.UTF_8);
    }

    /** The key with what is somebody's number shortened to its end. */
    String maskedKey() {
        return Stream.of(key().split("\\|", -1)).map(Letter::masked).collect(Collectors.joining("|"));
    }

    private static String masked(String part) {
        String digits = part.replaceAll("[\\s().-]", "");
        Matcher number = NUMBER.matcher(digits);
        return number.matches() ? "…" + digits.substring(digits.length() - 2) : part;
    }
}
