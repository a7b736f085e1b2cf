package org.casewire.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text is not wanted any more. It wins until the text is on its way to Twilio, and also when it overtakes its
 * request.
 *
 * @param to the number of the request, so that both have one key
 * @param cancelledBy who does not want it any more, a user id
 */
public record SendCancelled(
        @Nullable UUID messageId,
        String site,
        @Nullable String to,
        @Nullable String cancelledBy,
        @Nullable String reason)
        implements SendQueueEvent {

    public SendCancelled {
        Required.field(site, "site");
    }

    @Override
    public String key() {
        return new Conversation(site, to == null ? "" : to).key();
    }

    @Override
    public String subject() {
        return String.valueOf(messageId);
    }
}
