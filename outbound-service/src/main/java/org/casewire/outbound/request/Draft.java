package org.casewire.outbound.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.text.SplitText;
import org.jspecify.annotations.Nullable;

/**
 * What a request comes to on the handset.
 *
 * @param text as it would leave, null when there is none
 * @param refusal why it cannot leave like that; the text is still what can be shown of it
 */
record Draft(@Nullable SplitText text, List<String> mediaUrls, Optional<Rejection> refusal) {

    @Nullable
    String body() {
        return text == null ? null : text.text();
    }

    /** The text first, then each picture as a message of its own. */
    List<Content> parts() {
        List<Content> parts = new ArrayList<>();
        if (text != null) {
            text.pieces().forEach(piece -> parts.add(new Content(piece.text(), null, piece.segments())));
        }
        mediaUrls.forEach(url -> parts.add(new Content(null, url, 1)));
        return parts;
    }
}
