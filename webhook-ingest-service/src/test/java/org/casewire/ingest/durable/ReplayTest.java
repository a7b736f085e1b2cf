package org.casewire.ingest.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.ingest.durable.Spools.append;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final String KEY = "demo|+14045550123";

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Availability kafka = new Availability(meters);
    private volatile MockProducer<String, byte[]> broker = newBroker();
    private Spool spool;
    private Replay replay;

    private static MockProducer<String, byte[]> newBroker() {
        return new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    }

    @BeforeEach
    void open() {
        spool = Spools.open(directory, "1MB", meters);
        replay = new Replay(spool, kafka, () -> {
            broker = newBroker();
            return broker;
        });
    }

    @AfterEach
    void close() throws Exception {
        replay.close();
        spool.close();
    }

    private List<String> sent() {
        return broker.history().stream()
                .map(message -> new String(message.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private void awaitSent(String... values) {
        await().untilAsserted(() -> assertThat(sent()).containsExactly(values));
    }

    @Test
    void nothingIsReplayedBeforeTheTopicsAreThere() {
        append(spool, KEY, "one");
        assertThat(kafka.isThere()).isFalse();
        assertThat(sent()).isEmpty();
        replay.prepare();
        awaitSent("one");
        assertThat(kafka.isThere()).isTrue();
    }

    @Test
    void whatWaitsIsForgottenWhenItIsAcknowledgedAndNotBefore() {
        append(spool, KEY, "one", "two");
        replay.prepare();
        kafka.lost(new IllegalStateException());
        awaitSent("one", "two");
        assertThat(spool.holds(KEY)).isTrue();
        assertThat(kafka.isThere()).isFalse();
        broker.completeNext();
        assertThat(spool.holds(KEY)).isTrue();
        broker.completeNext();
        await().untilAsserted(() -> assertThat(spool.isEmpty()).isTrue());
        assertThat(kafka.isThere()).isTrue();
        append(spool, KEY, "three");
        awaitSent("one", "two", "three");
    }

    @Test
    void whatWasRefusedForNowIsSentAgainBeforeAllThatFollows() {
        append(spool, KEY, "one", "two", "three");
        replay.prepare();
        awaitSent("one", "two", "three");
        MockProducer<String, byte[]> before = broker;
        before.completeNext();
        before.errorNext(new TopicAuthorizationException("not yet"));
        before.completeNext();
        awaitSent("two", "three");
        broker.completeNext();
        broker.completeNext();
        await().untilAsserted(() -> assertThat(spool.isEmpty()).isTrue());
    }

    @Test
    void whatKafkaWillNeverTakeIsKeptAndHoldsNothingUp() throws Exception {
        append(spool, KEY, "one", "too large", "three");
        replay.prepare();
        awaitSent("one", "too large", "three");
        broker.completeNext();
        broker.errorNext(new RecordTooLargeException("a byte too much"));
        awaitSent("one", "too large", "three", "three");
        broker.completeNext();
        broker.completeNext();
        await().untilAsserted(() -> assertThat(spool.isEmpty()).isTrue());
        Path kept = Spools.files(directory, "refused.segment").getFirst();
        try (Frames frames = new Frames(kept, 0)) {
            assertThat(Spools.value(frames.next(java.nio.file.Files.size(kept))))
                    .isEqualTo("too large");
        }
        assertThat(meters.get("casewire.spool.set.aside").counter().count()).isEqualTo(1);
    }
}
