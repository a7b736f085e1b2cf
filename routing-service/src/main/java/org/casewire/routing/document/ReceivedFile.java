package org.casewire.routing.document;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file of a text.
 *
 * @param url where Twilio holds it
 * @param contentType by its content once it is stored, as declared until then
 * @param reason why it is not there: of a PENDING file what went wrong last, if anything did
 * @param detail the same for people
 * @param documentId of a stored file, and {@code href} where it can be read
 */
public record ReceivedFile(
        String url,
        @Nullable String contentType,
        State state,
        @Nullable Reason reason,
        @Nullable String detail,
        @Nullable UUID documentId,
        @Nullable String href,
        @Nullable Long bytes) {

    /** How far a file is. */
    public enum State {
        PENDING,
        STORED,
        REFUSED,
        UNAVAILABLE
    }
}
