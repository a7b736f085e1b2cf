package org.casewire.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What upstream applications ask to be sent, on {@link Topics#SEND_QUEUE}. */
public sealed interface SendQueueEvent extends Event permits SendRequested, SendCancelled {

    @Nullable
    UUID messageId();

    @Override
    default String topic() {
        return Topics.SEND_QUEUE;
    }
}
