package org.casewire.events.transport;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The W3C trace context that follows one request through topics, databases and Twilio and back. */
public final class TraceParent {

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    /** The given context when it is one, else a new one. */
    public static String carriedOrNew(Optional<String> given) {
        return given.filter(value -> VALID.matcher(value).matches()).orElseGet(TraceParent::start);
    }

    /** Starts a trace; nobody has to be unable to guess it. */
    public static String start() {
        byte[] ids = new byte[24];
        ThreadLocalRandom.current().nextBytes(ids);
        HexFormat hex = HexFormat.of();
        return "00-" + hex.formatHex(ids, 0, 16) + "-" + hex.formatHex(ids, 16, 24) + "-01";
    }
}
