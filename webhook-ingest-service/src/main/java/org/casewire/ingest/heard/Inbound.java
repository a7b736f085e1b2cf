package org.casewire.ingest.heard;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
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
 * The part of a received text that is remembered; the time matters only with an answer. Read apart from the services' own reader: nothing is handled here,
 * so nothing becomes a dead letter.
 */
record Inbound(
        String sid, String site, String contact, @Nullable String answer, Instant receivedAt) {

    private static final String TYPE = EventCodec.typeOf(MessageReceived.class);
    private static final byte[] UNANSWERED = "\"answer\":null".getBytes(StandardCharsets.UTF_8);

    Inbound {
        Objects.requireNonNull(sid);
        Objects.requireNonNull(site);
        Objects.requireNonNull(contact);
        Objects.requireNonNull(receivedAt);
    }

    /** Empty for what is no readable text. */
    static Optional<Inbound> of(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null || !header(message, "ce_type").equals(TYPE)) {
            return Optional.empty();
        }
        return isUnanswered(message.value()) ? byItsLabels(message).or(() -> read(message)) : read(message);
    }

    /** Key and headers tell all that is wanted of a text without an answer, which most are: its JSON need not be read. */
    private static Optional<Inbound> byItsLabels(ConsumerRecord<String, byte[]> message) {
        String sid = header(message, "ce_subject");
        int bar = message.key() == null ? -1 : message.key().indexOf('|');
        return sid.isEmpty() || bar < 0
                ? Optional.empty()
                : Optional.of(new Inbound(
                        sid,
                        message.key().substring(0, bar),
                        message.key().substring(bar + 1),
                        null,
                        Instant.ofEpochMilli(message.timestamp())));
    }

    private static Optional<Inbound> read(ConsumerRecord<String, byte[]> message) {
        try {
            return Optional.ofNullable(
                    WireJson.read(message.value(), Inbound.class).value());
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    /** A quotation mark within a text is escaped, so these bytes can be nothing but the field. */
    private static boolean isUnanswered(byte[] json) {
        for (int at = json.length - UNANSWERED.length; at >= 0; at--) {
            if (json[at] == '"' && Arrays.equals(json, at, at + UNANSWERED.length, UNANSWERED, 0, UNANSWERED.length)) {
                return true;
            }
        }
        return false;
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
