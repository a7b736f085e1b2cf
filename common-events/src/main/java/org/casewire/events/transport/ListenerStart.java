package org.casewire.events.transport;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/**
 * Starts reading once there is something to read from: topics made and checked, then whatever a feature must know
 * first, then the listeners. Until then the service is not ready; a broker that is away is waited for.
 */
public final class ListenerStart implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ListenerStart.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Map<String, Object> adminSettings;
    private final TopicSetup topics;
    private final List<BeforeListening> first;
    private final KafkaListenerEndpointRegistry listeners;
    private volatile String waitingFor = "start";
    private volatile boolean running;
    private volatile Thread starter = Thread.currentThread();

    ListenerStart(
            Map<String, Object> adminSettings,
            TopicSetup topics,
            List<BeforeListening> first,
            KafkaListenerEndpointRegistry listeners) {
        this.adminSettings = adminSettings;
        this.topics = topics;
        this.first = first;
        this.listeners = listeners;
    }

    /** Something a service must have done or know before it handles its first event. */
    public interface BeforeListening {

        /** For the readiness answer: what is being waited for. */
        String description();

        /** Returns when it is done; is called again after a failure. */
        void prepare() throws InterruptedException;
    }

    @Override
    public void start() {
        running = true;
        starter = Thread.ofVirtual().name("listener-start").start(this::keepTrying);
    }

    private void keepTrying() {
        boolean warned = false;
        while (running) {
            try {
                startOnce();
                return;
            } catch (InterruptedException stopped) {
                return;
            } catch (ExecutionException | RuntimeException failure) {
                (warned ? log.atDebug() : log.atWarn())
                        .addKeyValue("waitingFor", waitingFor)
                        .addKeyValue("failure", String.valueOf(failure.getMessage()))
                        .log("Not reading yet; trying again until it succeeds");
                warned = true;
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    private void startOnce() throws ExecutionException, InterruptedException {
        waitingFor = "Kafka topics";
        try (Admin admin = Admin.create(adminSettings)) {
            topics.run(admin);
        }
        for (BeforeListening step : first) {
            waitingFor = step.description();
            step.prepare();
        }
        waitingFor = "listeners";
        listeners.getListenerContainers().forEach(container -> container.start());
        waitingFor = "";
    }

    @Override
    public void stop() {
        running = false;
        starter.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the listeners' own phase, so that on the way down they stop first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 200;
    }

    /** Whether all that came first is done and the listeners were started. */
    public boolean isReading() {
        return waitingFor.isEmpty();
    }

    @Override
    public Health health() {
        return isReading()
                ? Health.up().build()
                : Health.outOfService().withDetail("waitingFor", waitingFor).build();
    }
}
