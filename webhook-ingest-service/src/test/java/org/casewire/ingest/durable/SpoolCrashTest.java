package org.casewire.ingest.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends is killed, again and again. */
class SpoolCrashTest {

    private static final int KILLS = 3;
    private static final int WEBHOOKS = 8;

    @TempDir
    private Path directory;

    /** Appends in several threads and tells each value once the spool has it, until it is killed. */
    static final class Victim {
        public static void main(String[] arguments) {
            Spool spool = Spools.open(Path.of(arguments[0]));
            try (ExecutorService webhooks = Executors.newFixedThreadPool(WEBHOOKS)) {
                for (int thread = 0; thread < WEBHOOKS; thread++) {
                    String name = arguments[1] + "-" + thread + "-";
                    webhooks.submit(() -> {
                        for (int number = 0; true; number++) {
                            Spools.append(spool, name, name + number);
                            System.out.println(name + number);
                        }
                    });
                }
            }
        }
    }

    private List<String> killedAfter(int lines, String run) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString(),
                        run)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> told = new ArrayList<>();
        try (BufferedReader output = victim.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(run)) {
                    told.add(line);
                }
                if (told.size() == lines) {
                    // Not by Process, which would close the output before it is read.
                    victim.toHandle().destroyForcibly();
                }
            }
        }
        victim.waitFor();
        // The last line may be cut short: that one was not heard.
        return told.subList(0, told.size() - 1);
    }

    @Test
    void whatWasSaidToBeSafeSurvivesAKillInMidAppendOnceAndInOrder() throws Exception {
        List<String> told = new ArrayList<>();
        for (int run = 0; run < KILLS; run++) {
            told.addAll(killedAfter(300 + 50 * run, "run" + run));
        }
        List<String> found = Spools.found(directory);
        assertThat(found).containsAll(told).doesNotHaveDuplicates();
        for (String thread : told.stream()
                .map(value -> value.replaceFirst("\\d+$", ""))
                .distinct()
                .toList()) {
            List<Integer> numbers = found.stream()
                    .filter(value -> value.startsWith(thread))
                    .map(value -> Integer.valueOf(value.substring(thread.length())))
                    .toList();
            assertThat(numbers).as(thread).isSorted();
        }
    }
}
