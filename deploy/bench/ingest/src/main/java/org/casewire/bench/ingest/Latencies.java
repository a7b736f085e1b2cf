package org.casewire.bench.ingest;

/** How long answers took, in steps of ten microseconds up to a tenth of a second. */
final class Latencies {

    private static final long STEP_NANOS = 10_000;

    private final int[] counts = new int[10_000];
    private long total;
    private long longest;

    void add(long nanos) {
        counts[(int) Math.min(counts.length - 1, nanos / STEP_NANOS)]++;
        total++;
        longest = Math.max(longest, nanos);
    }

    long count() {
        return total;
    }

    /** Milliseconds that this share of all answers did not exceed. */
    double quantile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int step = 0; step < counts.length - 1; step++) {
            seen += counts[step];
            if (seen >= wanted) {
                return (step + 1) * STEP_NANOS / 1e6;
            }
        }
        return longest / 1e6;
    }
}
