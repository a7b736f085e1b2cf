package org.casewire.outbound.quiet;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.Conversation;
import org.casewire.events.InboundEvent;
import org.casewire.events.InboundEvent.CallReceived;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.Topics;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Arrived;
import org.casewire.events.transport.UnreadableEvent;
import org.casewire.outbound.message.HeldTexts;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Service;

/** Knows who wrote lately: whoever just texted is awake, and a worker's answer may reach them in quiet hours. */
@Service
public class LiveConversations {

    private static final String HEARD = """
            INSERT INTO live_conversation AS known (site, contact, last_text_at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[])
            ON CONFLICT (site, contact) DO UPDATE SET last_text_at = EXCLUDED.last_text_at
            WHERE EXCLUDED.last_text_at > known.last_text_at
            """;

    private static final String LIVE = """
            SELECT site, contact
            FROM live_conversation JOIN unnest(?::text[], ?::text[]) AS person (site, contact) USING (site, contact)
            WHERE last_text_at > ?::timestamptz
            """;

    private final EventReader reader;
    private final JdbcTemplate jdbc;
    private final HeldTexts held;
    private final QuietProperties properties;

    LiveConversations(EventReader reader, JdbcTemplate jdbc, HeldTexts held, QuietProperties properties) {
        this.reader = reader;
        this.jdbc = jdbc;
        this.held = held;
        this.properties = properties;
    }

    @KafkaListener(topics = Topics.INBOUND)
    void on(List<ConsumerRecord<String, byte[]>> records) {
        reader.read(records, InboundEvent.class, this::hear);
    }

    private void hear(List<Received<InboundEvent>> batch) {
        Map<Conversation, Instant> latest = new HashMap<>();
        for (Received<InboundEvent> received : batch) {
            switch (received) {
                case Arrived<InboundEvent>(MessageReceived text, var problems, var origin) ->
                    latest.merge(
                            new Conversation(text.site(), text.contact()),
                            text.receivedAt(),
                            (one, other) -> one.isAfter(other) ? one : other);
                case Arrived<InboundEvent>(CallReceived call, var problems, var origin) -> {
                    // Who calls waits for no text.
                }
                case Received.Tombstone<InboundEvent> nothing ->
                    throw new UnreadableEvent("the value is missing; a received text cannot be empty");
            }
        }
        keep(latest);
        // What was held while they slept is in the way of what a worker answers now.
        held.reconsider(latest.keySet());
    }

    /** In the order of their keys, so that two instances never wait for each other's rows in a circle. */
    private void keep(Map<Conversation, Instant> latest) {
        Map<String, Map.Entry<Conversation, Instant>> inOrder = new TreeMap<>();
        latest.entrySet().forEach(one -> inOrder.put(one.getKey().key(), one));
        jdbc.update(
                HEARD,
                Columns.of(inOrder.values(), one -> one.getKey().site()),
                Columns.of(inOrder.values(), one -> one.getKey().contact()),
                Columns.of(inOrder.values(), Map.Entry::getValue));
    }

    /** Those of these people whose last text is recent enough for an answer at any hour. */
    public Set<Conversation> live(Collection<Conversation> people, Instant now) {
        Set<Conversation> live = new HashSet<>();
        if (!people.isEmpty()) {
            jdbc.query(
                    LIVE,
                    row -> {
                        live.add(new Conversation(row.getString("site"), row.getString("contact")));
                    },
                    Columns.of(people, Conversation::site),
                    Columns.of(people, Conversation::contact),
                    now.minus(properties.liveFor()).toString());
        }
        return live;
    }
}
