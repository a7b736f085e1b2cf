package org.casewire.outbound.start;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.casewire.events.Topics;
import org.casewire.events.transport.ListenerStart.BeforeListening;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * After a pause, and on a new database, what people said meanwhile is heard before requests are taken or texts leave:
 * whoever said no while nobody listened must not be texted first and heard later. The service is not ready until then.
 */
@Component
@Order(HeardFirst.AFTER_THE_SITES)
public class HeardFirst implements BeforeListening {

    static final int AFTER_THE_SITES = 200;

    private static final Logger log = LoggerFactory.getLogger(HeardFirst.class);
    private static final List<String> WORDS = List.of(Topics.CONSENT, Topics.CONTACTS, Topics.CASES, Topics.INBOUND);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** What was compacted or has expired is never read: without progress for this long there is no more to hear. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaAdmin kafka;
    private final KafkaListenerEndpointRegistry listeners;
    private final String group;
    private volatile boolean heard;

    HeardFirst(
            KafkaAdmin kafka,
            KafkaListenerEndpointRegistry listeners,
            @Value("${spring.kafka.consumer.group-id}") String group) {
        this.kafka = kafka;
        this.listeners = listeners;
        this.group = group;
    }

    /** Whether everything said before the start has been heard; no text leaves until then. */
    public boolean isHeard() {
        return heard;
    }

    @Override
    public String description() {
        return "what people said meanwhile, on " + String.join(", ", WORDS);
    }

    @Override
    public void prepare() throws InterruptedException {
        if (heard) {
            return;
        }
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            Backlog backlog = Backlog.until(admin, WORDS);
            if (backlog.unread(admin, group) > 0) {
                listen();
                await(backlog, admin);
            }
            heard = true;
        } catch (ExecutionException away) {
            throw new IllegalStateException("Kafka does not say how far was read", away);
        }
    }

    /** Ahead of the listeners that make or take texts. */
    private void listen() {
        for (MessageListenerContainer container : listeners.getListenerContainers()) {
            String[] topics = container.getContainerProperties().getTopics();
            if (topics != null && Arrays.stream(topics).anyMatch(WORDS::contains)) {
                container.start();
            }
        }
    }

    private void await(Backlog backlog, Admin admin) throws ExecutionException, InterruptedException {
        log.atInfo().log("Texts wait until what people said meanwhile is heard");
        long before = Long.MAX_VALUE;
        long since = System.nanoTime();
        for (long unread = backlog.unread(admin, group); unread > 0; unread = backlog.unread(admin, group)) {
            if (unread < before) {
                before = unread;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                log.atWarn().addKeyValue("records", unread).log("No more comes of what people said; going on without");
                return;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while waiting");
            }
        }
    }
}
