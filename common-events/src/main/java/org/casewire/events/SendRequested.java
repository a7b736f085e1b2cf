package org.casewire.events;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text is to be sent. Fields stand as the upstream wrote them: outbound checks them and answers a bad one with its
 * own reason.
 *
 * @param messageId chosen by whoever asks; with the site it is the idempotency key and the message's identity
 * @param to E.164, or the national form of the site's region
 * @param body the text; or {@code quickEntry}; with neither there must be {@code mediaUrls}
 * @param from the sender's number; null means the one last used with this contact, else the site's first
 * @param format how {@code body} is written; null is TEXT
 * @param purpose null is CONVERSATION
 * @param audience null is CLIENT
 * @param delivery TEXT overrides an e-mail preference that is not locked
 * @param sendAt null is now
 * @param expiresAt after this moment the text is of no use and is not sent
 * @param attributes up to 10 short strings, returned on every event of the message
 */
public record SendRequested(
        @Nullable UUID messageId,
        String site,
        @Nullable String to,
        @Nullable String body,
        @Nullable QuickEntry quickEntry,
        @ArraySchema(maxItems = 10) List<String> mediaUrls,
        @Nullable String from,
        @Nullable Format format,
        @Nullable CaseRef caseRef,
        @Nullable String sentBy,
        @Nullable Purpose purpose,
        @Nullable Audience audience,
        @Nullable Delivery delivery,
        @Nullable Instant sendAt,
        @Nullable Instant expiresAt,
        @Schema(maxProperties = 10) Map<String, String> attributes)
        implements SendQueueEvent {

    /** How the body is written. */
    public enum Format {
        TEXT,
        MARKDOWN,
        HTML
    }

    /** Who the text is for. */
    public enum Audience {
        CLIENT,
        STAFF
    }

    /** By which road the text is to go. */
    public enum Delivery {
        TEXT
    }

    /** A prepared text by its name, with the values of its placeholders. */
    public record QuickEntry(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            Map<String, String> values) {
        public QuickEntry {
            Required.field(name, "name");
            values = values == null ? Map.of() : values;
        }
    }

    public SendRequested {
        Required.field(site, "site");
        mediaUrls = mediaUrls == null ? List.of() : mediaUrls;
        attributes = attributes == null ? Map.of() : attributes;
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
