package org.casewire.ingest.durable;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.casewire.events.transport.ListenerStart.BeforeListening;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;

/**
 * Brings what waits in the spool to Kafka, in the order it came. Its producer never gives a record up, so that none
 * overtakes another while the broker is away.
 */
@Order(Replay.ORDER)
final class Replay implements BeforeListening, Closeable {

    /** Once the topics are there and the sites are known. */
    static final int ORDER = 200;

    private static final Logger log = LoggerFactory.getLogger(Replay.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Spool spool;
    private final SpoolReader reader;
    private final Availability kafka;
    private final Supplier<Producer<String, byte[]>> producers;
    private final Thread replayer =
            Thread.ofPlatform().name("spool-replay").daemon().unstarted(this::run);
    private @Nullable Producer<String, byte[]> producer;
    private boolean failing;
    private volatile boolean stopped;

    Replay(Spool spool, Availability kafka, Supplier<Producer<String, byte[]>> producers) {
        this.spool = spool;
        this.reader = spool.reader();
        this.kafka = kafka;
        this.producers = producers;
    }

    @Override
    public String description() {
        return "the spool";
    }

    @Override
    public void prepare() {
        kafka.started();
        if (replayer.getState() == Thread.State.NEW) {
            replayer.start();
        }
    }

    private void run() {
        while (!stopped) {
            try {
                replay(reader.next());
            } catch (InterruptedException | InterruptException stop) {
                break;
            } catch (IOException | RuntimeException failure) {
                beginAnew(failure);
            }
        }
        closeProducer();
    }

    private void replay(List<Spooled> window) throws InterruptedException, IOException {
        List<Spooled> left = window;
        while (!left.isEmpty()) {
            int taken = send(left);
            if (taken > 0) {
                failing = false;
                kafka.back();
            }
            reader.replayed(left.subList(0, taken));
            left = left.subList(taken, left.size());
        }
    }

    /** How many of them, from the first on, need not be sent again. */
    private int send(List<Spooled> window) throws InterruptedException, IOException {
        List<Future<?>> sent = new ArrayList<>(window.size());
        Throwable failure = null;
        try {
            for (Spooled one : window) {
                sent.add(producer().send(one.message()));
            }
        } catch (InterruptException stop) {
            throw stop;
        } catch (KafkaException refused) {
            failure = refused;
        }
        int taken = 0;
        try {
            for (Future<?> acknowledged : sent) {
                acknowledged.get();
                taken++;
            }
        } catch (ExecutionException refused) {
            failure = refused.getCause();
        }
        return failure == null ? taken : taken + afterFailure(window.get(taken), failure);
    }

    /** One that Kafka will never take is set aside; for all else there is another try. */
    private int afterFailure(Spooled refused, Throwable failure) throws IOException {
        if (failure instanceof RecordTooLargeException || failure instanceof InvalidRecordException) {
            spool.setAside(refused);
            log.atError()
                    .addKeyValue("topic", refused.message().topic())
                    .addKeyValue("failure", failure.getClass().getSimpleName())
                    .log("Kafka refuses an event of the spool for good; it is kept in refused.segment");
            return 1;
        }
        pause(failure);
        return 0;
    }

    /** What was read and not acknowledged is read again. */
    private void beginAnew(Exception failure) {
        if (stopped) {
            return;
        }
        try {
            reader.close();
        } catch (IOException also) {
            failure.addSuppressed(also);
        }
        pause(failure);
    }

    private void pause(Throwable failure) {
        if (!failing) {
            failing = true;
            log.atWarn()
                    .addKeyValue("failure", failure.getClass().getSimpleName())
                    .log("The spool cannot be replayed yet; trying again until it can");
        }
        closeProducer();
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    private Producer<String, byte[]> producer() {
        Producer<String, byte[]> open = producer;
        if (open == null) {
            open = producers.get();
            producer = open;
        }
        return open;
    }

    private void closeProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        replayer.interrupt();
        try {
            replayer.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        reader.close();
    }
}
