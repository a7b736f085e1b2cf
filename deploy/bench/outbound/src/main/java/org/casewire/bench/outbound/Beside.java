package org.casewire.bench.outbound;

import java.util.List;

/** A figure to hold ours against. */
record Beside(String name, double from, double to, String unit, Source source) {

    /** Where a figure comes from. */
    enum Source {
        THIS_RUN("limit", "measured in this run"),
        CALCULATION("bound", "by calculation"),
        PEER(
                "peer",
                "measured 2026-11-21 on the 2-core machine that the targets are for: queue -> Twilio's REST API, everything"
                        + " on the same cores, 64 at once, warm; no peer keeps a journal, dedupes, schedules or tells what"
                        + " became of a text"),
        DURABLE_PEER("durable peer", "measured like the peers; these keep their queue on disk, as Casewire does");

        private final String word;
        private final String text;

        Source(String word, String text) {
            this.word = word;
            this.text = text;
        }

        /** One word for a table. */
        String word() {
            return word;
        }

        /** What stands below the table. */
        String legend() {
            return word + ": " + text;
        }
    }

    static Beside limit(String name, double value, String unit) {
        return new Beside(name, value, value, unit, Source.THIS_RUN);
    }

    static Beside bound(String name, double value, String unit) {
        return new Beside(name, value, value, unit, Source.CALCULATION);
    }

    /** With 0 ms answers. */
    static List<Beside> senders() {
        return List.of(
                peer("Kannel 1.4.5 with its spool", 6_500, 6_500, Source.DURABLE_PEER),
                peer("BullMQ worker on Redis + npm twilio", 4_200, 5_700, Source.DURABLE_PEER),
                peer("Spring Cloud Stream 5 + twilio-java", 40_600, 40_600, Source.PEER),
                peer("Camel 4.17 camel-twilio", 32_900, 32_900, Source.PEER),
                peer("Node + npm twilio", 7_800, 9_100, Source.PEER),
                peer("all of them cold (the first 20,000)", 4_500, 8_700, Source.PEER));
    }

    static List<Beside> sendersAt50Millis() {
        return List.of(peer("all of them with 50 ms answers (bound 1,280/s)", 1_100, 1_200, Source.PEER));
    }

    private static Beside peer(String name, double from, double to, Source source) {
        return new Beside(name, from, to, "texts/s", source);
    }

    String amount() {
        return from == to ? "%,.0f".formatted(from) : "%,.0f to %,.0f".formatted(from, to);
    }
}
