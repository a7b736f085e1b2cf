package org.casewire.local.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which parts stop before which, so that nobody loses what it still has to hand on.
 *
 * @param phases names of parts; those of one phase stop together, parts that are not named stop first
 * @param grace how long all of it may take before the rest is killed
 */
public record StopOrder(List<List<String>> phases, Duration grace) {

    private static final Duration AFTER_KILL = Duration.ofSeconds(2);

    /** Stops them all; what is still there when the grace is over is killed. */
    void stop(List<Tracked> processes) {
        long deadline = System.nanoTime() + grace.toNanos();
        stopTogether(processes.stream().filter(this::isUnnamed).toList(), deadline);
        for (List<String> phase : phases) {
            stopTogether(
                    processes.stream()
                            .filter(tracked -> phase.contains(tracked.name()))
                            .toList(),
                    deadline);
        }
    }

    private boolean isUnnamed(Tracked tracked) {
        return phases.stream().noneMatch(phase -> phase.contains(tracked.name()));
    }

    private static void stopTogether(List<Tracked> processes, long deadline) {
        List<Tracked> alive =
                processes.stream().filter(tracked -> tracked.handle().isAlive()).toList();
        alive.forEach(tracked -> tracked.stopSignal().send(tracked.handle()));
        long left = Math.max(1, deadline - System.nanoTime());
        if (!ended(alive, left)) {
            alive.forEach(tracked -> tracked.handle().destroyForcibly());
            ended(alive, AFTER_KILL.toNanos());
        }
    }

    private static boolean ended(List<Tracked> processes, long nanos) {
        CompletableFuture<?>[] exits =
                processes.stream().map(tracked -> tracked.handle().onExit()).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(exits).get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
