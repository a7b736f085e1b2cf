package org.casewire.events.transport;

import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.casewire.events.transport.tracing.Step;
import org.casewire.events.transport.tracing.Tracing;
import org.jspecify.annotations.Nullable;

/** What the spans of records say of them; a subject only where it is one of our ids or of Twilio's, never a number. */
public final class Messaging {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]{2}[0-9a-f]{32}");

    private Messaging() {}

    static Step processing(
            Tracing tracing, ConsumerRecord<String, byte[]> message, String group, @Nullable String parent) {
        Step step = tracing.processing(message.topic(), parent);
        return step.isRecorded()
                ? told(step, message.headers())
                        .with("messaging.operation.type", "process")
                        .with("messaging.consumer.group.name", group)
                        .with("messaging.destination.partition.id", Integer.toString(message.partition()))
                        .with("messaging.kafka.offset", message.offset())
                : step;
    }

    /** A record on its way; it is read as what follows from that step. */
    public static Step publishing(Tracing tracing, ProducerRecord<String, byte[]> message) {
        Headers headers = message.headers();
        Step step = tracing.publishing(
                message.topic(), TraceParent.carriedOrNew(CloudEvent.read(headers, CloudEvent.TRACE_PARENT)));
        if (step.isRecorded()) {
            told(step, headers).with("messaging.operation.type", "send");
            headers.remove(CloudEvent.TRACE_PARENT);
            CloudEvent.write(headers, CloudEvent.TRACE_PARENT, step.traceParent());
        }
        return step;
    }

    private static Step told(Step step, Headers headers) {
        return step.with("messaging.system", "kafka")
                .with(
                        "casewire.event",
                        CloudEvent.read(headers, CloudEvent.TYPE).orElse(null))
                .with(
                        "casewire.subject",
                        CloudEvent.read(headers, CloudEvent.SUBJECT)
                                .filter(subject -> ID.matcher(subject).matches())
                                .orElse(null));
    }
}
