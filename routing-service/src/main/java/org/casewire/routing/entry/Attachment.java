package org.casewire.routing.entry;

import java.util.UUID;
import org.casewire.routing.document.Reason;
import org.casewire.routing.document.ReceivedFile;
import org.jspecify.annotations.Nullable;

/**
 * A picture or file of a text.
 *
 * @param url where Twilio took it from or holds it
 * @param state how far a received file is; null for a sent one
 * @param href where a stored file can be read
 */
public record Attachment(
        String url,
        @Nullable String contentType,
        ReceivedFile.@Nullable State state,
        @Nullable Reason reason,
        @Nullable String detail,
        @Nullable UUID documentId,
        @Nullable String href,
        @Nullable Long bytes) {

    static Attachment sent(String url) {
        return new Attachment(url, null, null, null, null, null, null, null);
    }

    static Attachment received(ReceivedFile file) {
        return new Attachment(
                file.url(),
                file.contentType(),
                file.state(),
                file.reason(),
                file.detail(),
                file.documentId(),
                file.href(),
                file.bytes());
    }
}
