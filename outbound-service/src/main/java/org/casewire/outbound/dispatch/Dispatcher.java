package org.casewire.outbound.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.outbound.dispatch.Claims.Judged;
import org.casewire.outbound.dispatch.Line.Allowance;
import org.casewire.outbound.gate.Verdict;
import org.casewire.outbound.gateway.TwilioProperties;
import org.casewire.outbound.message.DueSignal;
import org.casewire.outbound.sender.SenderKey;
import org.casewire.outbound.sender.Senders;
import org.casewire.outbound.start.HeardFirst;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Takes what is due out of the line, has each part sent on a thread of its own and hands over what came of it. */
@Component
class Dispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private static final int MOST_AT_ONCE = 500;

    /** While most permits are out a claim waits this long for more of them: many small claims cost more than few. */
    private static final int GATHERING_MS = 5;

    private final HeardFirst heard;
    private final Claims claims;
    private final Sending sending;
    private final Recorder recorder;
    private final OnTheWay onTheWay;
    private final AccountPace pace;
    private final Senders senders;
    private final DueSignal due;
    private final Sites sites;
    private final TwilioCredentials credentials;
    private final DispatchProperties properties;
    private final Clock clock;
    private final Timer claiming;
    private final Semaphore free;
    private final int worthwhile;
    private final Set<SenderKey> known = new HashSet<>();
    private volatile ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;
    private volatile Thread worker = Thread.currentThread();

    Dispatcher(
            HeardFirst heard,
            Claims claims,
            Sending sending,
            Recorder recorder,
            OnTheWay onTheWay,
            AccountPace pace,
            Senders senders,
            DueSignal due,
            Sites sites,
            TwilioCredentials credentials,
            DispatchProperties properties,
            TwilioProperties twilio,
            Clock clock,
            MeterRegistry meters) {
        if (properties.lease().compareTo(twilio.call().longest()) <= 0) {
            throw new IllegalArgumentException("casewire.dispatch.lease (" + properties.lease()
                    + ") must be longer than a call can take (casewire.call: "
                    + twilio.call().longest()
                    + "), or a call still out would count as dead");
        }
        this.heard = heard;
        this.claims = claims;
        this.sending = sending;
        this.recorder = recorder;
        this.onTheWay = onTheWay;
        this.pace = pace;
        this.senders = senders;
        this.due = due;
        this.sites = sites;
        this.credentials = credentials;
        this.properties = properties;
        this.clock = clock;
        this.claiming = Timer.builder("casewire.claim")
                .description("One look for parts that are due, with what was claimed")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        this.free = new Semaphore(properties.inFlight());
        this.worthwhile = Math.max(1, properties.inFlight() / 4);
    }

    @Override
    public void start() {
        running = true;
        calls = Executors.newVirtualThreadPerTaskExecutor();
        recorder.start();
        worker = Thread.ofPlatform().name("dispatcher").start(this::dispatchUntilStopped);
    }

    private void dispatchUntilStopped() {
        boolean warned = false;
        while (running) {
            try {
                if (!heard.isHeard() || dispatchOnce() == 0) {
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
        int permits = 1 + free.drainPermits();
        if (permits < worthwhile && free.tryAcquire(worthwhile - permits, GATHERING_MS, TimeUnit.MILLISECONDS)) {
            permits = worthwhile;
        }
        int surplus = Math.max(0, permits - MOST_AT_ONCE);
        free.release(surplus);
        permits -= surplus;
        List<Judged> claimed = List.of();
        try {
            Map<SenderKey, Allowance> allowances = allowances();
            Instant now = clock.instant();
            long start = System.nanoTime();
            claimed = claims.claim(allowances, onTheWay.lines(now), permits, now, now.plus(properties.lease()));
            claiming.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        } finally {
            free.release(permits - claimed.size());
        }
        claimed.forEach(this::go);
        return claimed.size();
    }

    private Map<SenderKey, Allowance> allowances() {
        Map<SenderKey, Allowance> allowances = new HashMap<>();
        for (SiteDocument site : sites.all()) {
            credentials.of(site.site()).ifPresent(account -> {
                int accountFree = pace.free(account.accountSid());
                site.senders()
                        .forEach(sender -> allowances.put(
                                new SenderKey(site.site(), sender.address()),
                                new Allowance(sender.ratePerSecond(), account.accountSid(), accountFree)));
            });
        }
        if (!known.containsAll(allowances.keySet())) {
            senders.ensure(allowances.keySet());
            known.addAll(allowances.keySet());
        }
        return allowances;
    }

    private void go(Judged judged) {
        onTheWay.left(judged.part());
        switch (judged.verdict()) {
            case Verdict.Go(Instant until) -> {
                pace.begun(sending.account(judged.part()));
                calls.execute(() -> call(judged, until));
            }
            case Verdict.Wait wait -> {
                recorder.put(Judgements.held(judged.part(), wait, clock.instant()));
                free.release();
            }
            case Verdict.Refuse refuse -> {
                recorder.put(Judgements.refused(judged.part(), refuse, clock.instant()));
                free.release();
            }
        }
    }

    private void call(Judged judged, Instant until) {
        boolean busy = false;
        try {
            Sending.Sent sent = sending.send(judged.part(), until);
            busy = sent.busy();
            recorder.put(sent.report());
        } finally {
            pace.ended(sending.account(judged.part()), busy);
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
