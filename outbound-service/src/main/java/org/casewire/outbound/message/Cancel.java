package org.casewire.outbound.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody does not want a message any more.
 *
 * @param contact the number of the request, as far as it is known
 * @param by who, a user id
 */
public record Cancel(
        MessageKey message,
        @Nullable String contact,
        @Nullable String by,
        @Nullable String reason,
        Instant at,
        String traceParent) {}
