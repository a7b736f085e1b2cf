package org.casewire.local.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A part whose process was started. */
public final class RunningPart {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long MILLIS_BETWEEN_QUESTIONS = 40;

    private final Part part;
    private final Process process;
    private final long startedAt = System.nanoTime();

    RunningPart(Part part, Process process) {
        this.part = part;
        this.process = process;
    }

    public Part part() {
        return part;
    }

    public long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    /** Waits until the part can be used and returns how long that took since its start. */
    public Duration awaitReady() throws InterruptedException {
        try {
            while (!part.readiness().isReady()) {
                if (process.waitFor(MILLIS_BETWEEN_QUESTIONS, TimeUnit.MILLISECONDS)) {
                    throw new PartFailed(
                            part.label() + " ended with exit code " + process.exitValue() + " while it started.",
                            part.log());
                }
                if (age().compareTo(PATIENCE) > 0) {
                    throw new PartFailed(
                            part.label() + " is not ready after " + PATIENCE.toSeconds() + " s.", part.log());
                }
            }
        } catch (java.io.IOException e) {
            throw new PartFailed(part.label() + " cannot be asked whether it is ready: " + e.getMessage(), part.log());
        }
        return age();
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
