package org.casewire.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Processor time in milliseconds by process, as Linux accounts it; all 0 elsewhere. */
record Cpu(Map<String, Long> used) {

    /** Linux counts in hundredths of a second for every program, whatever the kernel's own tick. */
    private static final long MILLIS_PER_TICK = 10;

    private static final int USER_TIME = 11;

    static Cpu now(Map<String, Long> processes) {
        Map<String, Long> used = new LinkedHashMap<>();
        processes.forEach((name, pid) -> used.put(name, millis(Path.of("/proc", Long.toString(pid), "stat"))));
        return new Cpu(used);
    }

    /** Of a process or a thread. */
    static long millis(Path stat) {
        try {
            String line = Files.readString(stat);
            // The name in parentheses may hold blanks.
            String[] fields = line.substring(line.lastIndexOf(") ") + 2).split(" ");
            return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) * MILLIS_PER_TICK;
        } catch (IOException | RuntimeException unknown) {
            return 0;
        }
    }

    Cpu minus(Cpu before) {
        Map<String, Long> difference = new LinkedHashMap<>();
        used.forEach((name, millis) -> difference.put(name, millis - before.used.getOrDefault(name, 0L)));
        return new Cpu(difference);
    }

    Cpu plus(Cpu more) {
        Map<String, Long> sum = new LinkedHashMap<>(used);
        more.used.forEach((name, millis) -> sum.merge(name, millis, Long::sum));
        return new Cpu(sum);
    }

    /** Microseconds for each of so many callbacks, by process and in all. */
    Map<String, Double> microsFor(long callbacks) {
        Map<String, Double> micros = new LinkedHashMap<>();
        used.forEach((name, millis) -> micros.put(name, millis * 1_000.0 / Math.max(1, callbacks)));
        micros.put(
                "all", micros.values().stream().mapToDouble(Double::doubleValue).sum());
        return micros;
    }
}
