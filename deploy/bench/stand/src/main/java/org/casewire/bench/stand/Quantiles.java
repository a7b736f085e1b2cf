package org.casewire.bench.stand;

import java.util.Collection;

/** The usual two and the worst. */
public record Quantiles(double p50, double p99, double max) {

    /** @throws IllegalStateException when there are no values */
    public static Quantiles of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException("Nothing was measured");
        }
        return new Quantiles(at(sorted, 0.5), at(sorted, 0.99), sorted[sorted.length - 1]);
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }
}
