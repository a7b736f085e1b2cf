package org.casewire.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Every process of one stack: started here, watched here, stopped here. */
public final class Processes {

    /** Variables that would overrule what the runner tells a part. */
    private static final Pattern STEERS_A_PART =
            Pattern.compile("(?i)(spring|server|management|logging|casewire|twilio|kafka|pg).*");

    private final Path dataFolder;
    private final Ledger ledger;
    private final StopOrder stopOrder;
    private final BiConsumer<Part, Integer> onUnexpectedEnd;
    private final List<Tracked> started = new ArrayList<>();
    private boolean stopping;

    /**
     * @param onUnexpectedEnd told when a part that was ready ends before the stack is stopped, with its exit code
     */
    public Processes(Path dataFolder, StopOrder stopOrder, BiConsumer<Part, Integer> onUnexpectedEnd) {
        this.dataFolder = dataFolder;
        this.ledger = new Ledger(dataFolder);
        this.stopOrder = stopOrder;
        this.onUnexpectedEnd = onUnexpectedEnd;
    }

    /** Stops what a run that was killed has left behind, and returns the names of it. */
    public List<String> stopLeftovers() {
        List<Tracked> leftovers = ledger.stillRunning();
        stopOrder.stop(leftovers);
        ledger.clear();
        return leftovers.stream().map(Tracked::name).toList();
    }

    /** Starts a part with a fresh log; the log of the run before is kept beside it. */
    public RunningPart start(Part part) {
        return new RunningPart(part, launch(part));
    }

    /** Runs a program to its end and fails when it says that it failed. */
    public void run(Part program) throws InterruptedException {
        int exitCode = launch(program).waitFor();
        if (exitCode != 0) {
            throw new PartFailed(program.label() + " failed with exit code " + exitCode + ".", program.log());
        }
    }

    /** From now on, the end of this part is reported. */
    public void watch(RunningPart running) {
        running.process().onExit().thenAccept(process -> {
            if (!isStopping()) {
                onUnexpectedEnd.accept(running.part(), process.exitValue());
            }
        });
    }

    /** Stops everything that was started; nothing can be started any more. */
    public void stop() {
        List<Tracked> all;
        synchronized (this) {
            stopping = true;
            all = List.copyOf(started);
        }
        stopOrder.stop(all);
        ledger.clear();
    }

    public synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized Process launch(Part part) {
        if (stopping) {
            throw new PartFailed(part.label() + " was not started, because the stack is stopping.");
        }
        try {
            keepFormerLog(part.log());
            File log = part.log().toFile();
            ProcessBuilder builder = new ProcessBuilder(OwnSession.of(part.command()))
                    .directory(dataFolder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log);
            builder.environment()
                    .keySet()
                    .removeIf(name -> STEERS_A_PART.matcher(name).matches());
            Process process = builder.start();
            process.getOutputStream().close();
            Tracked tracked = new Tracked(part.name(), process.toHandle(), part.stopSignal());
            started.add(tracked);
            ledger.add(tracked);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + part.label() + ": " + e.getMessage(), e);
        }
    }

    private static void keepFormerLog(Path log) throws IOException {
        Files.createDirectories(log.getParent());
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
