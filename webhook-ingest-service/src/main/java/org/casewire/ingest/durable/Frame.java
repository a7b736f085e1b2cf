package org.casewire.ingest.durable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One record as it stands in a segment: marker, length and CRC-32C (four bytes each), then the time it came, and topic,
 * key, value, header names and header values, each behind its length.
 */
final class Frame {

    /** Two bytes of it never occur in UTF-8, so nobody can text us a record. */
    static final int MARKER = 0xFFC5_01FE;

    static final int OVERHEAD = 12;

    /** A form has 64 kB, an event at most a few times as much; whatever claims to be longer is no record. */
    static final int MAX_LENGTH = 8 * 1024 * 1024;

    private static final int LENGTH_AT = 4;
    private static final int CHECKSUM_AT = 8;

    private Frame() {}

    /** Ready to be written. */
    static ByteBuffer of(ProducerRecord<String, byte[]> message, Instant at) {
        List<byte[]> parts = parts(message);
        int length = Long.BYTES
                + parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
        ByteBuffer frame = ByteBuffer.allocate(OVERHEAD + length);
        frame.putInt(MARKER).putInt(length).putInt(0).putLong(at.toEpochMilli());
        parts.forEach(part -> frame.putInt(part.length).put(part));
        frame.flip();
        return frame.putInt(CHECKSUM_AT, checksum(frame, 0, length));
    }

    private static List<byte[]> parts(ProducerRecord<String, byte[]> message) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(bytes(message.topic()));
        parts.add(bytes(message.key()));
        parts.add(message.value());
        for (Header header : message.headers()) {
            parts.add(bytes(header.key()));
            parts.add(header.value());
        }
        return parts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The length of what follows the overhead if a record may begin here, else -1; there must be so many bytes. */
    static int lengthAt(ByteBuffer buffer, int at) {
        int length = buffer.getInt(at) == MARKER ? buffer.getInt(at + LENGTH_AT) : -1;
        return length > Long.BYTES && length <= MAX_LENGTH ? length : -1;
    }

    /**
     * The record that begins here, null when its checksum is wrong.
     *
     * @param offset of the place in the file
     */
    static @Nullable Spooled read(ByteBuffer buffer, int at, int length, long offset) {
        if (checksum(buffer, at, length) != buffer.getInt(at + CHECKSUM_AT)) {
            return null;
        }
        ByteBuffer payload = buffer.slice(at + OVERHEAD, length);
        Instant came = Instant.ofEpochMilli(payload.getLong());
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(text(payload), text(payload), part(payload));
        while (payload.hasRemaining()) {
            message.headers().add(text(payload), part(payload));
        }
        return new Spooled(message, came, offset + OVERHEAD + length);
    }

    private static String text(ByteBuffer payload) {
        return new String(part(payload), StandardCharsets.UTF_8);
    }

    private static byte[] part(ByteBuffer payload) {
        byte[] part = new byte[payload.getInt()];
        payload.get(part);
        return part;
    }

    private static int checksum(ByteBuffer buffer, int at, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(buffer.slice(at + LENGTH_AT, Integer.BYTES));
        checksum.update(buffer.slice(at + OVERHEAD, length));
        return (int) checksum.getValue();
    }
}
