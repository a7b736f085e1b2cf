package org.casewire.events;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Twilio reports of texts on their way, on {@link Topics#DELIVERY}. */
public sealed interface DeliveryEvent extends Event {

    @Override
    default String topic() {
        return Topics.DELIVERY;
    }

    /**
     * One status callback, as it came: perhaps late, repeated or out of order.
     *
     * @param contact the recipient
     * @param status Twilio's own word, lower case
     * @param messageId the message named in the callback's address; null when it named none
     * @param attempt the attempt named in the callback's address
     * @param attributes what else Twilio said, by Twilio's own names
     */
    record DeliveryReported(
            String sid,
            String site,
            String contact,
            @Nullable String from,
            String status,
            @Nullable Integer errorCode,
            @Nullable UUID messageId,
            @Nullable Integer part,
            @Nullable UUID attempt,
            Instant receivedAt,
            Map<String, String> attributes)
            implements DeliveryEvent {
        public DeliveryReported {
            Required.field(sid, "sid");
            Required.field(site, "site");
            Required.field(contact, "contact");
            Required.field(status, "status");
            Required.field(receivedAt, "receivedAt");
            attributes = attributes == null ? Map.of() : attributes;
        }

        /** A report in which Twilio said nothing else. */
        public DeliveryReported(
                String sid,
                String site,
                String contact,
                @Nullable String from,
                String status,
                @Nullable Integer errorCode,
                @Nullable UUID messageId,
                @Nullable Integer part,
                @Nullable UUID attempt,
                Instant receivedAt) {
            this(sid, site, contact, from, status, errorCode, messageId, part, attempt, receivedAt, Map.of());
        }

        @Override
        public String key() {
            return new Conversation(site, contact).key();
        }

        @Override
        public String subject() {
            return sid;
        }
    }
}
