package org.casewire.ops.restore;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an event says of a message.
 *
 * @param event its name
 * @param key the site and the message's id
 */
record Request(String event, String key, JsonNode value) {

    /** Empty where a record says nothing of any message. */
    static Optional<Request> of(ConsumerRecord<byte[], byte[]> message) {
        Header type = message.headers().lastHeader("ce_type");
        if (type == null || message.value() == null) {
            return Optional.empty();
        }
        String event = new String(type.value(), StandardCharsets.UTF_8)
                .replaceFirst("^casewire\\.", "")
                .replaceFirst("\\.v1$", "");
        try {
            JsonNode value = JsonMapper.shared().readTree(message.value());
            String id = value.path("messageId").asString("");
            return id.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Request(
                            event, value.path("site").asString("") + "|" + id.toLowerCase(Locale.ROOT), value));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
