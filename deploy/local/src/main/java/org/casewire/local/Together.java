package org.casewire.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Tasks that run at the same time; the first that fails ends the waiting for all. */
final class Together implements AutoCloseable {

    /** Something that takes its time and may fail. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** A step that was started. */
    record Task(CompletableFuture<Void> done) {}

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Task> tasks = new ArrayList<>();
    private final CompletableFuture<Void> firstFailure = new CompletableFuture<>();

    Task start(Step step) {
        return startAfter(List.of(), step);
    }

    /** Starts the step when the others have ended well; it is never started otherwise. */
    Task startAfter(List<Task> others, Step step) {
        CompletableFuture<Void> before =
                CompletableFuture.allOf(others.stream().map(Task::done).toArray(CompletableFuture[]::new));
        Task task = new Task(before.thenRunAsync(() -> run(step), threads));
        task.done().exceptionally(failure -> {
            firstFailure.completeExceptionally(failure);
            return null;
        });
        tasks.add(task);
        return task;
    }

    /** Waits for all tasks; throws what the first that failed threw. */
    void awaitAll() throws InterruptedException {
        CompletableFuture<Void> all =
                CompletableFuture.allOf(tasks.stream().map(Task::done).toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, firstFailure).get();
        } catch (ExecutionException e) {
            throw asUnchecked(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static RuntimeException asUnchecked(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
