package org.casewire.bench.stand;

import org.jspecify.annotations.Nullable;

/**
 * Something measured.
 *
 * @param target what it should be; null when there is no target
 * @param atLeast whether more is better
 */
public record Figure(
        String name, double value, String unit, @Nullable Double target, boolean atLeast) {

    /** Without a target. */
    public static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, null, true);
    }

    public static Figure atLeast(String name, double value, String unit, double target) {
        return new Figure(name, value, unit, target, true);
    }

    public static Figure atMost(String name, double value, String unit, double target) {
        return new Figure(name, value, unit, target, false);
    }

    /** What to say of the target. */
    public String verdict() {
        if (target == null) {
            return "";
        }
        boolean met = atLeast ? value >= target : value <= target;
        return (atLeast ? "at least " : "at most ") + amount(target) + (met ? ": met" : ": MISSED");
    }

    public String amount() {
        return amount(value);
    }

    private static String amount(double value) {
        return Math.abs(value) >= 100 ? "%,.0f".formatted(value) : "%.2f".formatted(value);
    }
}
