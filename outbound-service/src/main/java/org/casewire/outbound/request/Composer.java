package org.casewire.outbound.request;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.SendRequested.Format;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Overlong;
import org.casewire.outbound.text.SplitText;
import org.casewire.outbound.text.StyledText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of a request the text that would leave, in the parts it would leave in. */
@Component
class Composer {

    /** Far above what the most segments hold, with room for the markup of a styled text. */
    private static final int LONGEST = 256 * 1024;

    Draft compose(SendRequested request, SiteDocument site) {
        SplitText text = null;
        try {
            String words = words(request);
            text = words == null ? null : SplitText.of(words, site.split());
            SplitText fitting = text == null ? null : fitted(text, site);
            if (fitting == null && request.mediaUrls().isEmpty()) {
                throw new Refusal(RejectionReason.BODY_MISSING, "There is nothing to send: body is missing or blank.");
            }
            return new Draft(fitting, request.mediaUrls(), Optional.empty());
        } catch (Refusal refusal) {
            return new Draft(text, request.mediaUrls(), Optional.of(refusal.rejection()));
        }
    }

    /** The whole text, null when it is blank. */
    private static @Nullable String words(SendRequested request) {
        String body = request.body();
        if (request.quickEntry() != null) {
            if (body != null) {
                throw Refusal.invalid("body and quickEntry exclude each other.");
            }
            throw new Refusal(
                    RejectionReason.UNKNOWN_QUICK_ENTRY,
                    "This site has no quick entry '" + request.quickEntry().name() + "'.");
        }
        if (body == null || body.isBlank()) {
            return null;
        }
        if (body.indexOf(0) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(body)) {
            throw Refusal.invalid("body holds a character that is none (U+0000 or half of a pair).");
        }
        String plain = plain(body, request.format() == null ? Format.TEXT : request.format());
        return plain.isBlank() ? null : plain;
    }

    private static String plain(String body, Format format) {
        if (body.length() > LONGEST) {
            throw new Refusal(
                    RejectionReason.BODY_TOO_LONG,
                    "body has %d characters; no text has more than %d.".formatted(body.length(), LONGEST));
        }
        return switch (format) {
            case TEXT -> body;
            case MARKDOWN -> StyledText.fromMarkdown(body);
            case HTML -> StyledText.fromHtml(body);
        };
    }

    private static SplitText fitted(SplitText text, SiteDocument site) {
        int most = site.maxSegments() == null ? Integer.MAX_VALUE : site.maxSegments();
        int segments = text.segments();
        if (segments <= most) {
            return text;
        }
        if (site.overlong() == Overlong.CUT) {
            return text.cutTo(most);
        }
        throw new Refusal(
                RejectionReason.BODY_TOO_LONG,
                "The text takes %d segments, and this site sends at most %d in one message; shorten it."
                        .formatted(segments, most));
    }
}
