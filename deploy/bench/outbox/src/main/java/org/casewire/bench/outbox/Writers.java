package org.casewire.bench.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.casewire.events.OutboundEvent;

/** Eight threads that append numbered events, at a pace or as fast as they can. */
final class Writers {

    static final int COUNT = 8;

    private final Candidate candidate;
    private final long[] committedAt;

    Writers(Candidate candidate, int mostEvents) {
        this.candidate = candidate;
        this.committedAt = new long[mostEvents];
    }

    /** Appends the phase's events from number {@code first} on; returns when the last is committed. */
    void append(Phase phase, int first) throws InterruptedException {
        long start = System.nanoTime();
        List<Thread> threads = IntStream.range(0, COUNT)
                .mapToObj(writer -> Thread.ofPlatform()
                        .name("writer-" + writer)
                        .start(() -> appendShare(phase, first, writer, start)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void appendShare(Phase phase, int first, int writer, long start) {
        int share = phase.events() / COUNT;
        long end = start + phase.atMost().toNanos();
        for (int index = 0; index < share && System.nanoTime() < end; index += phase.perTransaction()) {
            awaitTurn(phase, index, writer, start);
            List<OutboundEvent> events = new ArrayList<>(phase.perTransaction());
            int from = first + writer * share + index;
            int count = Math.min(phase.perTransaction(), share - index);
            for (int i = 0; i < count; i++) {
                events.add(Events.numbered(from + i, writer, COUNT, index + i));
            }
            candidate.append(events);
            long now = System.nanoTime();
            for (int i = 0; i < count; i++) {
                committedAt[from + i] = now;
            }
        }
    }

    private static void awaitTurn(Phase phase, int index, int writer, long start) {
        if (phase.perSecond() == 0) {
            return;
        }
        double perWriter = (double) phase.perSecond() / COUNT;
        long due = start + (long) ((index + (double) writer * phase.perTransaction() / COUNT) / perWriter * 1e9);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    /** When the transaction of an event was committed, 0 when it was not; call after {@link #append}. */
    long committedAt(int number) {
        return committedAt[number];
    }
}
