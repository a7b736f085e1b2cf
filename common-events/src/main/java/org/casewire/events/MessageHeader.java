package org.casewire.events;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields that stand on every event of one message.
 *
 * @param to the recipient in E.164; as the upstream wrote it (perhaps empty) where it is none
 * @param from the sender in E.164, null while none is chosen
 * @param attributes the upstream's own, as given
 */
public record MessageHeader(
        UUID messageId,
        String site,
        String to,
        @Nullable String from,
        @Nullable CaseRef caseRef,
        @Nullable String sentBy,
        Purpose purpose,
        Map<String, String> attributes) {

    public MessageHeader {
        Required.field(messageId, "messageId");
        Required.field(site, "site");
        purpose = purpose == null ? Purpose.CONVERSATION : purpose;
        attributes = attributes == null ? Map.of() : attributes;
    }
}
