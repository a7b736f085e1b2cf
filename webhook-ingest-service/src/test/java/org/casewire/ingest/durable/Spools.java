package org.casewire.ingest.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.util.unit.DataSize;

/** Opens spools, fills them and looks into them. */
final class Spools {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private Spools() {}

    static Spool open(Path directory) {
        return open(directory, "1MB", new SimpleMeterRegistry());
    }

    static Spool open(Path directory, String maxSize, MeterRegistry meters) {
        SpoolProperties properties = new SpoolProperties(directory, DataSize.parse(maxSize), DataSize.ofKilobytes(16));
        return Spool.open(properties, Clock.fixed(NOW, ZoneOffset.UTC), meters);
    }

    static ProducerRecord<String, byte[]> message(String key, String value) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>("sms.delivery", key, value.getBytes(StandardCharsets.UTF_8));
        message.headers().add("ce_id", "an id".getBytes(StandardCharsets.UTF_8));
        return message;
    }

    static void append(Spool spool, String key, String... values) {
        for (String value : values) {
            spool.append(List.of(message(key, value)));
        }
    }

    static String value(Spooled spooled) {
        return new String(spooled.message().value(), StandardCharsets.UTF_8);
    }

    /** Everything that waits, taken out. */
    static List<String> drain(Spool spool) throws IOException, InterruptedException {
        List<String> values = new ArrayList<>();
        SpoolReader reader = spool.reader();
        while (!spool.isEmpty()) {
            List<Spooled> window = reader.next();
            window.forEach(one -> values.add(value(one)));
            reader.replayed(window);
        }
        reader.close();
        return values;
    }

    /** What waits after a restart. */
    static List<String> found(Path directory) throws IOException, InterruptedException {
        try (Spool spool = open(directory)) {
            return drain(spool);
        }
    }

    static List<Path> files(Path directory, String suffix) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Path onlySegment(Path directory) {
        List<Path> segments = files(directory, ".segment");
        assertThat(segments).hasSize(1);
        return segments.getFirst();
    }
}
