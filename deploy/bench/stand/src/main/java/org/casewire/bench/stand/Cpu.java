package org.casewire.bench.stand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Processor time in milliseconds, as Linux accounts it; all 0 elsewhere.
 *
 * @param used by process, in the order of the pipeline
 * @param machine of every process there is
 */
public record Cpu(Map<String, Long> used, long machine) {

    /** Linux counts in hundredths of a second for every program, whatever the kernel's own tick. */
    private static final long MILLIS_PER_TICK = 10;

    private static final String POSTGRES = "postgres";

    /** @param processes PIDs by name */
    public static Cpu now(Map<String, Long> processes) {
        Map<String, Long> used = new LinkedHashMap<>();
        processes.forEach((name, pid) -> used.put(name, name.equals(POSTGRES) ? family(pid) : process(pid, false)));
        return new Cpu(used, fields(Path.of("/proc/stat"), "cpu  ", 0, 3));
    }

    /** With its children, who do its work. */
    private static long family(long pid) {
        LongStream children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(child -> process(child.pid(), true));
        return process(pid, true) + children.sum();
    }

    private static long process(long pid, boolean withChildren) {
        // utime and stime, then those of children that ended; the name in parentheses before them may hold blanks.
        int until = withChildren ? 15 : 13;
        return fields(Path.of("/proc", Long.toString(pid), "stat"), ") ", 11, until);
    }

    static long fields(Path file, String after, int from, int to) {
        try (Stream<String> lines = Files.lines(file)) {
            String line = lines.findFirst().orElse("");
            String[] fields = line.substring(line.lastIndexOf(after) + after.length())
                    .trim()
                    .split(" +");
            return Arrays.stream(fields, from, to).mapToLong(Long::parseLong).sum() * MILLIS_PER_TICK;
        } catch (IOException | RuntimeException unknown) {
            return 0;
        }
    }

    /** What was used from then until now. */
    public Cpu since(Cpu before) {
        Map<String, Long> difference = new LinkedHashMap<>();
        used.forEach((name, millis) -> difference.put(name, millis - before.used.getOrDefault(name, 0L)));
        return new Cpu(difference, machine - before.machine);
    }

    /** Both together. */
    public Cpu plus(Cpu more) {
        Map<String, Long> sum = new LinkedHashMap<>(used);
        more.used.forEach((name, millis) -> sum.merge(name, millis, Long::sum));
        return new Cpu(sum, machine + more.machine);
    }

    /** Microseconds for each of so many, by process, with the sum and what all else on the machine used. */
    public Map<String, Double> microsPer(long many) {
        Map<String, Double> micros = new LinkedHashMap<>();
        used.forEach((name, millis) -> micros.put(name, millis * 1_000.0 / many));
        long all = used.values().stream().mapToLong(Long::longValue).sum();
        micros.put("all", all * 1_000.0 / many);
        micros.put("not ours", Math.max(0, machine - all) * 1_000.0 / many);
        return micros;
    }
}
