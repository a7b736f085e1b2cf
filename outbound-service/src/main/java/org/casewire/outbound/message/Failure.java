package org.casewire.outbound.message;

import java.time.Instant;
import org.casewire.events.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * Twilio named an error code of a text: what it says about the sender and the recipient is for others to draw.
 *
 * @param sid null when Twilio refused it outright
 */
public record Failure(
        Conversation person, String sender, @Nullable String sid, int code, Instant at) {}
