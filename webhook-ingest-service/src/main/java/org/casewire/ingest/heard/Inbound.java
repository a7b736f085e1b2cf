package org.casewire.ingest.heard;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.transport.EventCodec;
import org.casewire.events.transport.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The part of a received text that is remembered. Read apart from the services' own reader: nothing is handled here,
 * so nothing becomes a dead letter.
 */
record Inbound(
        String sid, String site, String contact, @Nullable String answer, Instant receivedAt) {

    private static final String TYPE = EventCodec.typeOf(MessageReceived.class);

    Inbound {
        Objects.requireNonNull(sid);
        Objects.requireNonNull(site);
        Objects.requireNonNull(contact);
        Objects.requireNonNull(receivedAt);
    }

    /** Empty for what is no readable text. */
    static Optional<Inbound> of(ConsumerRecord<String, byte[]> message) {
        Header type = message.headers().lastHeader("ce_type");
        if (message.value() == null || type == null || !TYPE.equals(new String(type.value(), StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    WireJson.read(message.value(), Inbound.class).value());
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
