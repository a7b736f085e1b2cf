package org.casewire.events.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** While it is open, log lines of this thread name the trace they belong to. */
public final class TraceInLogs implements AutoCloseable {

    /** The name of the trace id in a log line (Elastic Common Schema). */
    private static final String TRACE_ID = "trace.id";

    private static final TraceInLogs NOTHING = new TraceInLogs(null, false);

    private final @Nullable String outer;
    private final boolean open;

    private TraceInLogs(@Nullable String outer, boolean open) {
        this.outer = outer;
        this.open = open;
    }

    /** Names the trace of that context; nothing changes where it is none. */
    public static TraceInLogs of(@Nullable String traceParent) {
        if (TraceParent.valid(traceParent) == null) {
            return NOTHING;
        }
        String outer = MDC.get(TRACE_ID);
        MDC.put(TRACE_ID, TraceParent.traceId(String.valueOf(traceParent)));
        return new TraceInLogs(outer, true);
    }

    /** Names the one trace of a batch; where there are several a line about all of them belongs to none. */
    static TraceInLogs ofAll(List<? extends Received<?>> records) {
        String first = records.getFirst().origin().traceParent();
        String id = TraceParent.traceId(first);
        return records.stream()
                        .allMatch(one ->
                                TraceParent.traceId(one.origin().traceParent()).equals(id))
                ? of(first)
                : NOTHING;
    }

    @Override
    public void close() {
        if (open && outer == null) {
            MDC.remove(TRACE_ID);
        } else if (open) {
            MDC.put(TRACE_ID, outer);
        }
    }
}
