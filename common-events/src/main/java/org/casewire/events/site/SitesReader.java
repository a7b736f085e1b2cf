package org.casewire.events.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.casewire.events.SiteEvent;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.ListenerStart.BeforeListening;
import org.casewire.events.transport.Received;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Reads {@link Topics#SITES} from its beginning and goes on reading. It is no member of the service's group: every
 * instance needs every site. Nothing else is handled before the end was reached once.
 */
@Order(SitesReader.ORDER)
final class SitesReader implements BeforeListening, DisposableBean {

    /** After a service's own sites, before whatever wants to know them. */
    static final int ORDER = 100;

    private static final Logger log = LoggerFactory.getLogger(SitesReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ConsumerFactory<String, byte[]> consumers;
    private final EventReader events;
    private final Sites sites;
    private final CountDownLatch readToTheEnd = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile boolean started;

    SitesReader(ConsumerFactory<String, byte[]> consumers, EventReader events, Sites sites) {
        this.consumers = consumers;
        this.events = events;
        this.sites = sites;
    }

    @Override
    public String description() {
        return "the sites on " + Topics.SITES;
    }

    @Override
    public void prepare() throws InterruptedException {
        if (!started) {
            started = true;
            Thread.ofVirtual().name("sites-reader").start(this::readUntilStopped);
        }
        if (!readToTheEnd.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("The sites could not be read to their end yet");
        }
    }

    private void readUntilStopped() {
        while (!stopped) {
            try (Consumer<String, byte[]> consumer = consumers.createConsumer()) {
                List<TopicPartition> partitions = consumer.partitionsFor(Topics.SITES).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                follow(consumer, consumer.endOffsets(partitions));
            } catch (WakeupException stop) {
                return;
            } catch (RuntimeException failure) {
                log.atWarn()
                        .addKeyValue("topic", Topics.SITES)
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log("Reading the sites failed; starting over");
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
        while (!stopped) {
            if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                readToTheEnd.countDown();
            }
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>(records.count());
            records.forEach(batch::add);
            events.read(batch, SiteEvent.class, this::apply);
        }
    }

    private void apply(List<Received<SiteEvent>> batch) {
        for (Received<SiteEvent> received : batch) {
            if (received instanceof Received.Arrived<SiteEvent>(SiteChanged changed, var problems, var origin)) {
                sites.apply(changed);
            }
        }
    }

    @Override
    public void destroy() {
        stopped = true;
    }
}
