package org.casewire.ops.letter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.casewire.events.Topics;

/**
 * The note that a letter was replayed. It is a record without a value on the letter's own partition: it is kept at
 * least as long as the letter, whoever may read the one may read the other, and no service needs to be there to ask.
 *
 * @param offset the letter's
 * @param to where the replay stands: partition/offset of the topic
 */
record Replayed(long offset, String to, Instant at) {

    static final String HEADER = "x-replayed";

    private static final String TO = "x-replayed-to";

    /** The note that a record is, if it is one. */
    static Optional<Replayed> of(ConsumerRecord<byte[], byte[]> message) {
        return text(message, HEADER)
                .map(offset -> new Replayed(
                        Long.parseLong(offset),
                        text(message, TO).orElse("?"),
                        Instant.ofEpochMilli(message.timestamp())));
    }

    private static Optional<String> text(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return Optional.ofNullable(header).map(one -> new String(one.value(), StandardCharsets.UTF_8));
    }

    /** The same note about a letter that stands somewhere else now. */
    ProducerRecord<byte[], byte[]> about(TopicPartition place, long letter) {
        ProducerRecord<byte[], byte[]> note =
                new ProducerRecord<>(place.topic(), place.partition(), at.toEpochMilli(), (byte[]) null, (byte[]) null);
        note.headers()
                .add(HEADER, Long.toString(letter).getBytes(StandardCharsets.UTF_8))
                .add(TO, to.getBytes(StandardCharsets.UTF_8));
        return note;
    }

    static ProducerRecord<byte[], byte[]> note(Letter letter, String to) {
        ProducerRecord<byte[], byte[]> note = new ProducerRecord<>(
                letter.topic() + Topics.DEAD_LETTER_SUFFIX,
                letter.message().partition(),
                letter.message().key(),
                null);
        note.headers()
                .add(HEADER, Long.toString(letter.message().offset()).getBytes(StandardCharsets.UTF_8))
                .add(TO, to.getBytes(StandardCharsets.UTF_8));
        return note;
    }
}
