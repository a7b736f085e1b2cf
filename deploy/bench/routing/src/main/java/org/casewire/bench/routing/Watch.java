package org.casewire.bench.routing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.casewire.bench.stand.Cpu;

/** Waits until something has come to so many, tells how far it is, and measures once it is warm. */
final class Watch {

    private static final long STEP = Duration.ofSeconds(5).toNanos();
    private static final long PATIENCE = Duration.ofMinutes(10).toNanos();

    private final String what;
    private final LongSupplier count;
    private final Map<String, Long> processes;

    Watch(String what, LongSupplier count, Map<String, Long> processes) {
        this.what = what;
        this.count = count;
        this.processes = processes;
    }

    /** @param cpuMicros processor time for each, by process */
    record Measured(double perSecond, long counted, Map<String, Double> cpuMicros) {}

    Measured from(long warm, long until) {
        long warmAt = await(warm, until);
        long first = count.getAsLong();
        Cpu before = Cpu.now(processes);
        long end = await(until, until);
        Cpu used = Cpu.now(processes).since(before);
        long counted = until - first;
        return new Measured(counted * 1e9 / (end - warmAt), counted, used.microsPer((int) Math.max(1, counted)));
    }

    private long await(long wanted, long of) {
        long began = System.nanoTime();
        long told = began;
        long toldAt = count.getAsLong();
        while (true) {
            long now = count.getAsLong();
            long time = System.nanoTime();
            if (now >= wanted) {
                return time;
            }
            if (time - began > PATIENCE) {
                throw new IllegalStateException("After ten minutes there are " + now + " " + what);
            }
            if (time - told > STEP) {
                System.out.printf("  %,9d of %,d %s, %,.0f/s%n", now, of, what, (now - toldAt) * 1e9 / (time - told));
                told = time;
                toldAt = now;
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
