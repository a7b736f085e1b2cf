package org.casewire.events.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.casewire.events.Topics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;

/** Puts records that cannot be handled aside, whole, with the reason in their headers. */
public final class DeadLetters implements EventReader.Aside {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MAX_STACK = 8_000;

    private final KafkaOperations<String, byte[]> kafka;
    private final MeterRegistry meters;
    private final String group;

    public DeadLetters(KafkaOperations<String, byte[]> kafka, MeterRegistry meters, String group) {
        this.kafka = kafka;
        this.meters = meters;
        this.group = group;
    }

    /**
     * Writes the record to its topic's dead letters and returns once the broker has it.
     *
     * @throws KafkaException when the broker does not take it; the batch is then tried again
     */
    @Override
    public void put(ConsumerRecord<String, byte[]> message, String reason, Throwable failure) {
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(
                message.topic() + Topics.DEAD_LETTER_SUFFIX, message.partition(), message.key(), message.value());
        message.headers().forEach(letter.headers()::add);
        label(letter.headers(), message, reason, failure);
        try {
            kafka.send(letter).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException notTaken) {
            throw new KafkaException("The dead letter was not taken by the broker", notTaken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Stopped while writing a dead letter", stopped);
        }
        meters.counter(
                        "casewire.dead.letters",
                        "topic",
                        message.topic(),
                        "failure",
                        failure.getClass().getSimpleName())
                .increment();
        try (TraceInLogs _ = TraceInLogs.of(traceParent(message))) {
            tell(message, failure);
        }
    }

    private static @Nullable String traceParent(ConsumerRecord<String, byte[]> message) {
        return CloudEvent.read(message.headers(), CloudEvent.TRACE_PARENT).orElse(null);
    }

    private static void tell(ConsumerRecord<String, byte[]> message, Throwable failure) {
        log.atWarn()
                .addKeyValue("topic", message.topic())
                .addKeyValue("partition", message.partition())
                .addKeyValue("offset", message.offset())
                .addKeyValue("failure", failure.getClass().getSimpleName())
                .log("Record put aside as a dead letter; its x-reason header says why");
    }

    private void label(Headers headers, ConsumerRecord<String, byte[]> message, String reason, Throwable failure) {
        headers.remove(CloudEvent.REPLAY_FOR);
        CloudEvent.write(headers, "x-reason", reason);
        CloudEvent.write(headers, "x-exception", stack(failure));
        CloudEvent.write(headers, "x-topic", message.topic());
        CloudEvent.write(headers, "x-partition", Integer.toString(message.partition()));
        CloudEvent.write(headers, "x-offset", Long.toString(message.offset()));
        CloudEvent.write(headers, "x-group", group);
    }

    private static String stack(Throwable failure) {
        StringWriter written = new StringWriter();
        failure.printStackTrace(new PrintWriter(written));
        return written.getBuffer().substring(0, Math.min(written.getBuffer().length(), MAX_STACK));
    }
}
