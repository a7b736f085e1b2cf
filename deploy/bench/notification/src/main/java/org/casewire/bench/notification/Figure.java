package org.casewire.bench.notification;

import org.jspecify.annotations.Nullable;

/**
 * Something measured.
 *
 * @param target what it should be; null when there is no target
 * @param atLeast whether more is better
 */
record Figure(
        String name, double value, String unit, @Nullable Double target, boolean atLeast) {

    static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, null, true);
    }

    static Figure atLeast(String name, double value, String unit, double target) {
        return new Figure(name, value, unit, target, true);
    }

    static Figure atMost(String name, double value, String unit, double target) {
        return new Figure(name, value, unit, target, false);
    }

    /** What to say of the target. */
    String verdict() {
        if (target == null) {
            return "";
        }
        boolean met = atLeast ? value >= target : value <= target;
        return (atLeast ? "at least " : "at most ") + amount(target) + (met ? ": met" : ": MISSED");
    }

    String amount() {
        return amount(value);
    }

    private static String amount(double value) {
        return Math.abs(value) >= 100 ? "%,.0f".formatted(value) : "%.2f".formatted(value);
    }
}
