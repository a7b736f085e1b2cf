package org.casewire.events.transport;

import io.opentelemetry.api.trace.SpanContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The W3C trace context that follows one request through topics, databases and Twilio and back. */
public final class TraceParent {

    private static final Pattern VALID =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private static final int TRACE_ID = 3;
    private static final int SPAN_ID = 36;
    private static final int FLAGS = 53;

    private TraceParent() {}

    /** The given context when it is one, else a new one. */
    public static String carriedOrNew(Optional<String> given) {
        return given.filter(TraceParent::isValid).orElseGet(TraceParent::start);
    }

    /** The given context when it is one. */
    public static @Nullable String valid(@Nullable String given) {
        return given != null && isValid(given) ? given : null;
    }

    private static boolean isValid(String given) {
        return VALID.matcher(given).matches();
    }

    /** Starts a trace; nobody has to be unable to guess it. */
    public static String start() {
        byte[] ids = new byte[24];
        ThreadLocalRandom.current().nextBytes(ids);
        HexFormat hex = HexFormat.of();
        return "00-" + hex.formatHex(ids, 0, 16) + "-" + hex.formatHex(ids, 16, 24) + "-01";
    }

    /** A span's place as others are told of it. */
    public static String of(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }

    /** What all of one trace have in common. */
    public static String traceId(String traceParent) {
        return traceParent.substring(TRACE_ID, SPAN_ID - 1);
    }

    /** The step that this one follows. */
    public static String spanId(String traceParent) {
        return traceParent.substring(SPAN_ID, FLAGS - 1);
    }

    /** Whether those who came before may have recorded it; else nobody does. */
    public static boolean isRecorded(String traceParent) {
        return (Character.digit(traceParent.charAt(FLAGS + 1), 16) & 1) == 1;
    }
}
