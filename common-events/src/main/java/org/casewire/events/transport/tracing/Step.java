package org.casewire.events.transport.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.function.Supplier;
import org.casewire.events.transport.TraceInLogs;
import org.jspecify.annotations.Nullable;

/**
 * One step of a trace. What is said of it leaves the house: ids, codes, names of topics and routes, and never a number,
 * a text, a path or a credential.
 */
public final class Step implements AutoCloseable {

    private final @Nullable Span span;
    private final String traceParent;

    Step(@Nullable Span span, String traceParent) {
        this.span = span;
        this.traceParent = traceParent;
    }

    /** What follows from this step continues here. */
    public String traceParent() {
        return traceParent;
    }

    /** Whether anything that is said of this step is kept. */
    public boolean isRecorded() {
        return span != null && span.isRecording();
    }

    /** Says something of it. */
    public Step with(String key, @Nullable String value) {
        if (span != null && value != null) {
            span.setAttribute(key, value);
        }
        return this;
    }

    /** Says something of it. */
    public Step with(String key, long value) {
        if (span != null) {
            span.setAttribute(key, value);
        }
        return this;
    }

    /** What is known of it only now that it was done. */
    public void named(String name) {
        if (span != null) {
            span.updateName(name);
        }
    }

    /** Names a step of another trace that has to do with this one. */
    public Step linkedTo(String other) {
        if (span != null) {
            span.addLink(Tracing.context(other));
        }
        return this;
    }

    /** It came to nothing. */
    public void failed(String kind) {
        if (span != null) {
            span.setAttribute("error.type", kind);
            span.setStatus(StatusCode.ERROR);
        }
    }

    /** Does it; what is logged meanwhile names the trace. */
    public <T> T during(Supplier<T> work) {
        try (TraceInLogs _ = TraceInLogs.of(traceParent)) {
            return work.get();
        } catch (RuntimeException failure) {
            failed(failure.getClass().getSimpleName());
            throw failure;
        }
    }

    @Override
    public void close() {
        if (span != null) {
            span.end();
        }
    }
}
