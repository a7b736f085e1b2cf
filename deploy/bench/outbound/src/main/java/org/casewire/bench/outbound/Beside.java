package org.casewire.bench.outbound;

import java.util.List;

/**
 * A figure to hold ours against.
 *
 * @param source where it was measured
 */
record Beside(String name, double from, double to, String unit, String source) {

    private static final String THIS_RUN = "limit, measured in this run";
    private static final String PEER =
            "peer, measured 2026-11-21 on the 2-core machine of the targets, everything on the same cores, 0 ms answers, warm, 64 at once";
    private static final String DURABLE = PEER + "; with a durable store of its own";

    static Beside limit(String name, double value, String unit) {
        return new Beside(name, value, value, unit, THIS_RUN);
    }

    static Beside bound(String name, double value, String unit) {
        return new Beside(name, value, value, unit, "limit, by calculation");
    }

    /** Queue to Twilio's REST API; no peer keeps a journal, dedupes, schedules or tells what became of a text. */
    static List<Beside> senders() {
        return List.of(
                peer("Kannel 1.4.5 with its spool", 6_500, 6_500, DURABLE),
                peer("BullMQ worker on Redis + npm twilio", 4_200, 5_700, DURABLE),
                peer("Spring Cloud Stream 5 + twilio-java, nothing stored", 40_600, 40_600, PEER),
                peer("Camel 4.17 camel-twilio, nothing stored", 32_900, 32_900, PEER),
                peer("Node + npm twilio, nothing stored", 7_800, 9_100, PEER),
                peer("all of them cold (the first 20,000)", 4_500, 8_700, PEER));
    }

    static List<Beside> sendersAt50Millis() {
        return List.of(peer(
                "all of them with 64 at once (bound 1,280/s)",
                1_100,
                1_200,
                "peer, measured 2026-11-21 on the same machine, 50 ms answers"));
    }

    private static Beside peer(String name, double from, double to, String source) {
        return new Beside(name, from, to, "texts/s", source);
    }

    String amount() {
        return from == to ? "%,.0f".formatted(from) : "%,.0f to %,.0f".formatted(from, to);
    }
}
