package org.casewire.ingest.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.casewire.ingest.durable.Spools.append;
import static org.casewire.ingest.durable.Spools.drain;
import static org.casewire.ingest.durable.Spools.files;
import static org.casewire.ingest.durable.Spools.found;
import static org.casewire.ingest.durable.Spools.message;
import static org.casewire.ingest.durable.Spools.onlySegment;
import static org.casewire.ingest.durable.Spools.open;
import static org.casewire.ingest.durable.Spools.value;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final String KEY = "demo|+14045550123";

    @TempDir
    private Path directory;

    private void leave(String... values) throws IOException {
        try (Spool spool = open(directory)) {
            append(spool, KEY, values);
        }
    }

    @Test
    void whatWasAppendedIsThereAfterARestartWholeAndInOrder() throws Exception {
        leave("one", "two", "");
        try (Spool spool = open(directory)) {
            SpoolReader reader = spool.reader();
            List<Spooled> records = reader.next();
            assertThat(records).extracting(Spools::value).containsExactly("one", "two", "");
            assertThat(records.getFirst().came()).isEqualTo(Spools.NOW);
            ProducerRecord<String, byte[]> first = records.getFirst().message();
            assertThat(first.topic()).isEqualTo("sms.delivery");
            assertThat(first.key()).isEqualTo(KEY);
            assertThat(first.headers()).isEqualTo(message(KEY, "one").headers());
            reader.close();
        }
    }

    @Test
    void theEndOfAFileThatWasNeverFinishedIsCutWhereverItBroke() throws Exception {
        leave("one", "two");
        long whole = Files.size(onlySegment(directory));
        leave("three");
        byte[] written = Files.readAllBytes(files(directory, ".segment").getFirst());
        byte[] third = Files.readAllBytes(files(directory, ".segment").getLast());
        assertThat(written).hasSize((int) whole);
        for (int broke = 0; broke < third.length; broke++) {
            Path place = directory.resolve("broke-at-" + broke);
            Path segment = Files.createDirectories(place.resolve("0")).resolve("%016d.segment".formatted(1));
            Files.write(segment, written);
            Files.write(segment, Arrays.copyOf(third, broke), StandardOpenOption.APPEND);
            assertThat(found(place)).as("broke off after %d bytes", broke).containsExactly("one", "two");
        }
    }

    @Test
    void whatFollowsTheLastWholeRecordIsNoRecord() throws Exception {
        leave("one");
        for (byte[] garbage : List.of(new byte[5_000], new byte[] {-1, -59, 1, -2, 127, -1, -1, -1, 0, 0, 0, 0, 1})) {
            Files.write(onlySegment(directory), garbage, StandardOpenOption.APPEND);
            try (Spool spool = open(directory)) {
                assertThat(spool.isEmpty()).isFalse();
            }
        }
        assertThat(found(directory)).containsExactly("one");
    }

    @Test
    void aDamagedRecordCostsNoOther() throws Exception {
        leave("one", "two", "three");
        Path segment = onlySegment(directory);
        byte[] bytes = Files.readAllBytes(segment);
        for (int at = bytes.length / 3; at < 2 * bytes.length / 3; at += 7) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x10;
            Files.write(segment, damaged);
            Path copy = Files.createDirectories(directory.resolve("copy-" + at).resolve("0"));
            Files.copy(segment, copy.resolve(segment.getFileName()));
            assertThat(found(copy.getParent())).containsExactly("one", "three");
            assertThat(files(copy, ".damaged")).hasSize(1);
        }
    }

    @Test
    void whatIsReplayedIsNotReadAgainAfterARestartAndItsFilesAreGone() throws Exception {
        try (Spool spool = open(directory)) {
            append(spool, KEY, "one", "two", "three");
            SpoolReader reader = spool.reader();
            List<Spooled> records = reader.next();
            reader.replayed(records.subList(0, 2));
            reader.close();
        }
        assertThat(found(directory)).containsExactly("three");
        assertThat(found(directory)).isEmpty();
        assertThat(files(directory, ".segment")).isEmpty();
        leave("four");
        assertThat(found(directory)).containsExactly("four");
    }

    @Test
    void aKeyIsHeldUntilItsLastRecordIsReplayed() throws Exception {
        try (Spool spool = open(directory)) {
            append(spool, KEY, "one", "two");
            assertThat(spool.holds(KEY)).isTrue();
            assertThat(spool.holds("demo|+14045550124")).isFalse();
            SpoolReader reader = spool.reader();
            List<Spooled> records = reader.next();
            reader.replayed(records.subList(0, 1));
            assertThat(spool.holds(KEY)).isTrue();
            reader.replayed(records.subList(1, 2));
            assertThat(spool.holds(KEY)).isFalse();
            assertThat(spool.isEmpty()).isTrue();
            reader.close();
        }
        leave("three");
        try (Spool spool = open(directory)) {
            assertThat(spool.holds(KEY)).isTrue();
        }
    }

    @Test
    void manyFilesAreReadInTheirOrderWhileMoreIsAppended() throws Exception {
        List<String> values =
                IntStream.range(0, 2_000).mapToObj("value %d"::formatted).toList();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Spool spool = open(directory, "4MB", meters)) {
            append(spool, KEY, values.subList(0, 1_000).toArray(String[]::new));
            assertThat(files(directory, ".segment")).hasSizeGreaterThan(3);
            Thread appending = Thread.ofVirtual()
                    .start(() -> append(spool, KEY, values.subList(1_000, 2_000).toArray(String[]::new)));
            List<String> read = drain(spool);
            appending.join();
            read.addAll(drain(spool));
            assertThat(read).isEqualTo(values);
            assertThat(meters.get("casewire.spool.records").gauge().value()).isZero();
            assertThat(meters.get("casewire.spool.appended").counter().count()).isEqualTo(2_000);
            assertThat(meters.get("casewire.spool.replayed").counter().count()).isEqualTo(2_000);
        }
    }

    @Test
    void manyAtOnceShareTheDisksSync() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        List<String> values =
                IntStream.range(0, 3_000).mapToObj(Integer::toString).toList();
        try (Spool spool = open(directory, "4MB", meters);
                ExecutorService webhooks = Executors.newVirtualThreadPerTaskExecutor()) {
            values.forEach(value -> webhooks.submit(() -> append(spool, KEY + value, value)));
            webhooks.close();
            assertThat(drain(spool)).containsExactlyInAnyOrderElementsOf(values);
            assertThat(meters.get("casewire.spool.commit").timer().count()).isLessThan(3_000);
        }
    }

    @Test
    void aFullSpoolTakesNothingMoreUntilThereIsRoom() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        List<String> taken = new ArrayList<>();
        String value = "x".repeat(1_000);
        try (Spool spool = open(directory, "64KB", meters)) {
            assertThatThrownBy(() -> {
                        for (int number = 0; number < 1_000; number++) {
                            append(spool, KEY, number + value);
                            taken.add(number + value);
                        }
                    })
                    .isInstanceOf(NotDurable.class);
            assertThat(taken).hasSizeBetween(50, 64);
            assertThat(meters.get("casewire.spool.size").gauge().value()).isBetween(60_000.0, 65_536.0);
            assertThat(refused(meters, "FULL")).isEqualTo(1);
            SpoolReader reader = spool.reader();
            while (meters.get("casewire.spool.size").gauge().value() > 40_000) {
                List<Spooled> window = reader.next();
                window.forEach(one -> assertThat(value(one)).isEqualTo(taken.removeFirst()));
                reader.replayed(window);
                append(spool, KEY + 1, "room again");
                taken.add("room again");
            }
            reader.close();
        }
        assertThat(found(directory)).isEqualTo(taken);
    }

    private static double refused(SimpleMeterRegistry meters, String reason) {
        return meters.get("casewire.spool.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void aDiskThatFailsRefusesAndIsUsedAgainWhenItWorks() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Spool spool = open(directory, "1MB", meters)) {
            Path folder = directory.resolve("0");
            Path elsewhere = directory.resolve("elsewhere");
            Files.move(folder, elsewhere);
            assertThatThrownBy(() -> append(spool, KEY, "lost")).isInstanceOf(NotDurable.class);
            assertThat(spool.holds(KEY)).isFalse();
            assertThat(spool.isEmpty()).isTrue();
            assertThat(refused(meters, "DISK")).isEqualTo(1);
            assertThat(meters.get("casewire.spool.size").gauge().value()).isZero();
            Files.move(elsewhere, folder);
            append(spool, KEY, "kept");
            assertThat(drain(spool)).containsExactly("kept");
        }
    }

    @Test
    void theServiceDoesNotStartWhereItCannotWrite() throws Exception {
        Path file = Files.createFile(directory.resolve("a file"));
        assertThatThrownBy(() -> open(file.resolve("spool")))
                .isInstanceOf(SpoolUnusable.class)
                .hasMessageContaining("casewire.ingest.spool.directory");
        assertThatThrownBy(() -> open(file)).isInstanceOf(SpoolUnusable.class);
    }

    @Test
    void instancesThatShareADirectoryTakeAFolderEachAndTheNextTakesOverWhatIsLeft() throws Exception {
        try (Spool one = open(directory)) {
            try (Spool other = open(directory)) {
                append(one, KEY, "of one");
                append(other, KEY, "of the other", "of the other too");
                assertThat(one.holds(KEY)).isTrue();
            }
        }
        assertThat(found(directory)).containsExactly("of one", "of the other", "of the other too");
        assertThat(found(directory)).isEmpty();
    }

    @Test
    void nobodyElseCanReadIt() throws Exception {
        leave("secret");
        assertThat(Files.getPosixFilePermissions(onlySegment(directory)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(directory.resolve("0")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aClosedSpoolTakesNothing() throws Exception {
        Spool spool = open(directory);
        spool.close();
        assertThatThrownBy(() -> append(spool, KEY, "late")).isInstanceOf(NotDurable.class);
    }
}
