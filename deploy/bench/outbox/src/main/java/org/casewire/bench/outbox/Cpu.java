package org.casewire.bench.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Processor time in milliseconds, as Linux accounts it; all 0 elsewhere.
 *
 * @param service of this process: writers, relay and reader
 * @param machine of every process of the machine
 */
record Cpu(long service, long postgres, long broker, long machine) {

    /** Linux counts in hundredths of a second for every program, whatever the kernel's own tick. */
    private static final long MILLIS_PER_TICK = 10;

    static Cpu now(long postgres, long broker) {
        return new Cpu(process(ProcessHandle.current().pid()), family(postgres), process(broker), machineNow());
    }

    private static long family(long postmaster) {
        LongStream children = ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::children)
                .mapToLong(child -> process(child.pid()));
        // The postmaster's own line holds what its ended children used.
        return process(postmaster) + children.sum();
    }

    private static long process(long pid) {
        // utime, stime, cutime and cstime; the name in parentheses before them may hold blanks.
        return fields(Path.of("/proc", Long.toString(pid), "stat"), ") ", 11, 15);
    }

    private static long machineNow() {
        // user, nice and system; then come idle and waiting, which are no work.
        return fields(Path.of("/proc/stat"), "cpu  ", 0, 3);
    }

    private static long fields(Path file, String after, int from, int to) {
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

    Cpu since(Cpu before) {
        return new Cpu(
                service - before.service, postgres - before.postgres, broker - before.broker, machine - before.machine);
    }

    /** Of all that is under test. */
    long tested() {
        return service + postgres + broker;
    }

    long others() {
        return Math.max(0, machine - tested());
    }
}
