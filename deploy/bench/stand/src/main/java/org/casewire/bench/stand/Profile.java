package org.casewire.bench.stand;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Where a JVM's processor time goes, by JFR's own sampling and by Linux's account of its threads. */
public final class Profile {

    private static final int SHOWN = 30;
    private static final String SAMPLES = "jdk.CPUTimeSample";

    private final long pid;
    private final Path file;
    private final Map<String, Long> threadsBefore;

    /** Whether to profile, and where the recording goes. */
    public record Switch(boolean on, Path file) {

        /** Profiles nothing. */
        public static Switch off() {
            return new Switch(false, Path.of(""));
        }

        /** Begins to record a JVM. */
        public Running start(long pid) throws IOException, InterruptedException {
            if (!on) {
                return List::of;
            }
            Profile profile = Profile.start(pid, file);
            return profile::stop;
        }
    }

    /** Can be ended once, and tells then. */
    @FunctionalInterface
    public interface Running {
        /** What the recording tells, as lines. */
        List<String> stop() throws IOException, InterruptedException;
    }

    private Profile(long pid, Path file, Map<String, Long> threadsBefore) {
        this.pid = pid;
        this.file = file;
        this.threadsBefore = threadsBefore;
    }

    private static Profile start(long pid, Path file) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        run(
                "jcmd",
                Long.toString(pid),
                "JFR.start",
                "name=bench",
                "settings=profile",
                SAMPLES + "#enabled=true",
                SAMPLES + "#throttle=10ms",
                "filename=" + file);
        return new Profile(pid, file, threads(pid));
    }

    /** Ends the recording; what it tells, as lines. */
    private List<String> stop() throws IOException, InterruptedException {
        Map<String, Long> after = threads(pid);
        run("jcmd", Long.toString(pid), "JFR.stop", "name=bench");
        List<String> lines = new ArrayList<>(List.of("Processor time of its threads (seconds):"));
        after.entrySet().stream()
                .map(thread ->
                        Map.entry(thread.getKey(), thread.getValue() - threadsBefore.getOrDefault(thread.getKey(), 0L)))
                .filter(thread -> thread.getValue() > 50)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(thread -> lines.add("  %8.2f  %s".formatted(thread.getValue() / 1_000.0, thread.getKey())));
        lines.addAll(shares());
        lines.addAll(run("jfr", "view", "--width", "150", "cpu-time-hot-methods", file.toString()));
        lines.addAll(run("jfr", "view", "--width", "150", "hot-methods", file.toString()));
        lines.addAll(run("jfr", "view", "--width", "150", "allocation-by-site", file.toString()));
        lines.add("The whole recording: " + file);
        return lines;
    }

    /** Threads of one kind differ by a number at the end only. */
    private static Map<String, Long> threads(long pid) throws IOException {
        Map<String, Long> threads = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                String name = Files.readString(task.resolve("comm")).strip().replaceAll("[-#]?\\d+$", "");
                threads.merge(name, Cpu.fields(task.resolve("stat"), ") ", 11, 13), Long::sum);
            }
        }
        return threads;
    }

    /** How many of the samples have a method of ours, or a library, anywhere on the stack. */
    private List<String> shares() throws IOException {
        Map<String, Integer> methods = new HashMap<>();
        Map<String, Integer> libraries = new HashMap<>();
        int samples = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(SAMPLES) && event.getStackTrace() != null) {
                    samples++;
                    count(event.getStackTrace().getFrames(), methods, libraries);
                }
            }
        }
        return Stream.of(
                        List.of("Share of the processor time with our method on the stack (" + samples + " samples):"),
                        ranked(methods, samples),
                        List.of("Share with the library on the stack:"),
                        ranked(libraries, samples))
                .flatMap(List::stream)
                .toList();
    }

    /** Each once for a stack, however often it stands there. */
    private static void count(
            List<RecordedFrame> frames, Map<String, Integer> methods, Map<String, Integer> libraries) {
        Set<String> ours = new HashSet<>();
        Set<String> owners = new HashSet<>();
        for (RecordedFrame frame : frames) {
            RecordedMethod method = frame.getMethod();
            String type = method.getType().getName();
            if (type.startsWith("org.casewire")) {
                ours.add(type + "." + method.getName());
            }
            owners.add(owner(type));
        }
        ours.forEach(name -> methods.merge(name, 1, Integer::sum));
        owners.forEach(name -> libraries.merge(name, 1, Integer::sum));
    }

    private static String owner(String type) {
        String[] names = type.split("\\.");
        return String.join(".", List.of(names).subList(0, Math.min(3, names.length - 1)));
    }

    private static List<String> ranked(Map<String, Integer> counts, int samples) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .map(count ->
                        "  %5.1f %%  %s".formatted(100.0 * count.getValue() / Math.max(1, samples), count.getKey()))
                .toList();
    }

    private static List<String> run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(tool + " failed: " + output);
        }
        return output.lines().toList();
    }
}
