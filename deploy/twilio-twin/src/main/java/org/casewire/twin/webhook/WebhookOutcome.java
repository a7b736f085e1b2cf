package org.casewire.twin.webhook;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How a webhook call ended. */
public sealed interface WebhookOutcome {

    /** Somebody answered. */
    record Answered(int status, String contentType, byte[] bytes) implements WebhookOutcome {
        /** Whether the answer counts as one. */
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** The answer's text. */
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Nobody did; {@code code} is Twilio's word for it. */
    record Unanswered(int code) implements WebhookOutcome {}

    /** The HTTP status, or null when nobody answered. */
    default @Nullable Integer httpStatus() {
        return switch (this) {
            case Answered answered -> answered.status();
            case Unanswered _ -> null;
        };
    }
}
