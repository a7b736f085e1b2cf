package org.casewire.outbound.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.outbound.dispatch.Line.Claimed;
import org.casewire.outbound.message.DueSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Takes what is due out of the line, has each part sent on a thread of its own and hands over what came of it. */
@Component
class Dispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final int MOST_AT_ONCE = 500;

    private final Line line;
    private final Sending sending;
    private final Recorder recorder;
    private final DueSignal due;
    private final TwilioCredentials credentials;
    private final DispatchProperties properties;
    private final Clock clock;
    private final Semaphore free;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;
    private volatile Thread worker = Thread.currentThread();

    Dispatcher(
            Line line,
            Sending sending,
            Recorder recorder,
            DueSignal due,
            TwilioCredentials credentials,
            DispatchProperties properties,
            Clock clock) {
        this.line = line;
        this.sending = sending;
        this.recorder = recorder;
        this.due = due;
        this.credentials = credentials;
        this.properties = properties;
        this.clock = clock;
        this.free = new Semaphore(properties.inFlight());
    }

    @Override
    public void start() {
        running = true;
        recorder.start();
        worker = Thread.ofPlatform().name("dispatcher").start(this::dispatchUntilStopped);
    }

    private void dispatchUntilStopped() {
        boolean warned = false;
        while (running) {
            try {
                if (dispatchOnce() == 0) {
                    due.await(properties.poll());
                }
                warned = false;
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                (warned ? log.atDebug() : log.atWarn())
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("Nothing can be taken out of the line; trying again until the database answers");
                warned = true;
                pause();
            }
        }
    }

    private void pause() {
        try {
            due.await(properties.tryAgainAfter());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the calls that can be made now; returns how many. */
    private int dispatchOnce() throws InterruptedException {
        if (!free.tryAcquire(properties.poll().toMillis(), TimeUnit.MILLISECONDS)) {
            return 0;
        }
        int more = Math.min(free.drainPermits(), MOST_AT_ONCE - 1);
        int permits = 1 + more;
        List<Claimed> claimed = List.of();
        try {
            Instant now = clock.instant();
            claimed = line.claim(credentials.twilio().keySet(), permits, now, now.plus(properties.lease()));
        } finally {
            free.release(permits - claimed.size());
        }
        claimed.forEach(part -> calls.execute(() -> call(part)));
        return claimed.size();
    }

    private void call(Claimed part) {
        try {
            recorder.put(sending.send(part));
        } finally {
            free.release();
        }
    }

    @Override
    public void stop() {
        running = false;
        worker.interrupt();
        calls.close();
        try {
            recorder.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
