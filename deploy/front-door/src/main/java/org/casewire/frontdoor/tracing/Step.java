package org.casewire.frontdoor.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One step of a trace, or nothing where none is made. It says neither a path nor a query: they name people. */
public final class Step {

    private static final Step NONE = new Step(null);

    private final @Nullable Span span;

    Step(@Nullable Span span) {
        this.span = span;
    }

    /** Is told of nothing, and tells nobody. */
    public static Step none() {
        return NONE;
    }

    /** Names itself to the service; headers of that name are replaced. */
    public void into(BiConsumer<String, String> headers) {
        if (span != null) {
            W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers, (to, name, value) -> {
                if (to != null) {
                    to.accept(name, value);
                }
            });
        }
    }

    /** @param reason why the front door answered in the service's place, {@code none} where it did not */
    public void answered(int status, String reason) {
        if (span == null) {
            return;
        }
        span.setAttribute("http.response.status_code", status);
        if (status >= 500) {
            span.setAttribute("error.type", reason.equals("none") ? Integer.toString(status) : reason);
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
