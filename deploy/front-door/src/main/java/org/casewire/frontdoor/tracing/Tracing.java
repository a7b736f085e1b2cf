package org.casewire.frontdoor.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Begins a step of the trace a request belongs to, or a trace where it belongs to none. Without a collector the headers
 * of a trace pass as they came, and the service begins what is missing.
 */
public final class Tracing implements AutoCloseable {

    /** As the services keep them. */
    private static final int MOST_WAITING = 16_384;

    private static final int BATCH = 1_024;

    private static final TextMapGetter<HttpServletRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServletRequest request) {
            return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
            return request == null ? null : request.getHeader(name);
        }
    };

    private final @Nullable Tracer tracer;
    private final Runnable closing;

    private Tracing(@Nullable Tracer tracer, Runnable closing) {
        this.tracer = tracer;
        this.closing = closing;
    }

    /** Makes no span. */
    static Tracing off() {
        return new Tracing(null, () -> {});
    }

    /** Spans leave in the background; what the collector cannot take in time is dropped. */
    static Tracing to(URI endpoint, double sampling) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                "front-door",
                                AttributeKey.stringKey("service.namespace"),
                                "casewire"))))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sampling)))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(TracingProperties.traces(endpoint))
                                .setCompression("gzip")
                                .setTimeout(Duration.ofSeconds(5))
                                .build())
                        .setMaxQueueSize(MOST_WAITING)
                        .setMaxExportBatchSize(BATCH)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
        return new Tracing(provider.get("org.casewire"), provider::close);
    }

    /** A request on its way to a service. */
    public Step begin(HttpServletRequest request, String service) {
        if (tracer == null || !isTraced(request.getRequestURI())) {
            return Step.none();
        }
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
        return new Step(tracer.spanBuilder(request.getMethod() + ' ' + service)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", request.getMethod())
                .setAttribute("casewire.service", service)
                .startSpan());
    }

    /** Not Twilio's webhooks: they say themselves which text's trace they belong to, and anybody may post one. */
    private static boolean isTraced(String path) {
        return path.startsWith("/api/") || path.startsWith("/opt-in/");
    }

    /** Hands the last spans over. */
    @Override
    public void close() {
        closing.run();
    }
}
