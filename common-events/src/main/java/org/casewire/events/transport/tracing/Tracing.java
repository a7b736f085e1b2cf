package org.casewire.events.transport.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import org.casewire.events.transport.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Begins the steps of a trace. The context is always handed over as a {@code traceparent}, never left on a thread:
 * records of one batch, parts of one message and callbacks of one text meet on threads that know nothing of them.
 *
 * <p>Without a collector no span is made and a step only hands on what it was given.
 */
public final class Tracing implements AutoCloseable {

    private final @Nullable Tracer tracer;
    private final Runnable closing;

    Tracing(@Nullable Tracer tracer, Runnable closing) {
        this.tracer = tracer;
        this.closing = closing;
    }

    /** Makes no span. */
    public static Tracing off() {
        return new Tracing(null, () -> {});
    }

    /** Whether spans are made. */
    public boolean isOn() {
        return tracer != null;
    }

    /** A request that came in. */
    public Step server(String name, @Nullable String parent, Instant since) {
        return begin(SpanKind.SERVER, name, parent, since);
    }

    /** A request that goes out to somebody else's service. */
    public Step client(String name, String parent) {
        return begin(SpanKind.CLIENT, name, parent, null);
    }

    /** A record that is published. */
    public Step publishing(String topic, String parent) {
        return begin(SpanKind.PRODUCER, "publish " + topic, parent, null).with("messaging.destination.name", topic);
    }

    /** A record that is handled; without a parent it begins a trace. */
    public Step processing(String topic, @Nullable String parent) {
        return begin(SpanKind.CONSUMER, "process " + topic, parent, null).with("messaging.destination.name", topic);
    }

    /** A trace somebody decided not to record costs no more than one without a collector. */
    private Step begin(SpanKind kind, String name, @Nullable String parent, @Nullable Instant since) {
        if (tracer == null || parent != null && !TraceParent.isRecorded(parent)) {
            return new Step(null, parent == null ? TraceParent.start() : parent);
        }
        SpanBuilder builder = tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(parent == null ? Context.root() : Context.root().with(Span.wrap(context(parent))));
        if (since != null) {
            builder.setStartTimestamp(since);
        }
        Span span = builder.startSpan();
        return new Step(span, TraceParent.of(span.getSpanContext()));
    }

    static SpanContext context(String traceParent) {
        return SpanContext.createFromRemoteParent(
                TraceParent.traceId(traceParent),
                TraceParent.spanId(traceParent),
                TraceParent.isRecorded(traceParent) ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }

    /** Hands the last spans over. */
    @Override
    public void close() {
        closing.run();
    }
}
