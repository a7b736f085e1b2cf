package org.casewire.outbound.gate;

import java.time.Instant;
import org.casewire.events.OutboundEvent;
import org.casewire.outbound.message.Message.Rejection;
import org.jspecify.annotations.Nullable;

/** Whether a text may leave. */
public sealed interface Verdict {

    /**
     * It may leave now.
     *
     * @param until when a quiet time begins that it must not be delivered in, null when there is none
     */
    record Go(@Nullable Instant until) implements Verdict {}

    /**
     * Not yet.
     *
     * @param until when it may, null when nobody knows
     */
    record Wait(OutboundEvent.Hold reason, @Nullable Instant until) implements Verdict {}

    /** Never. */
    record Refuse(Rejection why) implements Verdict {}
}
