package org.casewire.twin.rest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Dates as the 2010-04-01 API writes them: RFC 2822, in UTC. */
public final class RestDates {

    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private record Second(long epochSecond, String text) {}

    // Thousands of answers a second share their second.
    private static volatile Second last = new Second(0, RFC_2822.format(Instant.EPOCH));

    private RestDates() {}

    /** Writes a date or null. */
    public static void write(JsonGenerator json, String name, @Nullable Instant at) {
        json.writeName(name);
        if (at == null) {
            json.writeNull();
        } else {
            json.writeString(text(at));
        }
    }

    private static String text(Instant at) {
        Second cached = last;
        if (cached.epochSecond() != at.getEpochSecond()) {
            cached = new Second(at.getEpochSecond(), RFC_2822.format(at));
            last = cached;
        }
        return cached.text();
    }
}
