package org.casewire.bench.ingest;

import java.util.List;

/**
 * A figure to hold ours against.
 *
 * @param source measured in this run, or what was measured of others, once, on a machine of this kind
 */
record Beside(String name, double value, String unit, String source) {

    private static final String PEER =
            "measured 2026-11-21 on the 2-core machine that the targets are for, signed webhook to durable queue, 32"
                    + " connections; none of them keeps anything while its queue is away";

    static Beside limit(String name, double value) {
        return new Beside(name, value, "/s", "measured in this run");
    }

    static List<Beside> peers() {
        return List.of(
                new Beside("Node fastify + librdkafka", 27_100, "/s", PEER),
                new Beside("Camel 4.17", 22_700, "/s", PEER),
                new Beside("BullMQ on Redis, fsync always", 18_900, "/s", PEER),
                new Beside("Spring Cloud Stream 5", 18_200, "/s", PEER),
                new Beside("Node fastify + kafkajs", 12_900, "/s", PEER),
                new Beside("Node express + kafkajs", 7_000, "/s", PEER));
    }
}
