package org.casewire.twin.fault;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** When a fault hits: for whom, how likely, how often. */
final class FaultRule<F extends Fault> {

    private final F fault;
    private final ObjectNode asGiven;
    private final double probability;
    private final @Nullable Integer times;
    private final @Nullable String to;
    private final AtomicInteger hits = new AtomicInteger();

    FaultRule(F fault, ObjectNode asGiven, double probability, @Nullable Integer times, @Nullable String to) {
        this.fault = fault;
        this.asGiven = asGiven;
        this.probability = probability;
        this.times = times;
        this.to = to;
    }

    F fault() {
        return fault;
    }

    ObjectNode asGiven() {
        return asGiven;
    }

    int hits() {
        return hits.get();
    }

    boolean hits(String one, String other) {
        boolean meant = to == null || to.equals(one) || to.equals(other);
        return meant && ThreadLocalRandom.current().nextDouble() < probability && oneMore();
    }

    private boolean oneMore() {
        if (times == null) {
            hits.incrementAndGet();
            return true;
        }
        return hits.getAndUpdate(soFar -> Math.min(soFar + 1, times)) < times;
    }
}
