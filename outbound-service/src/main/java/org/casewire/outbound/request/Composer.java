package org.casewire.outbound.request;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.SendRequested.Format;
import org.casewire.events.SendRequested.QuickEntry;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Overlong;
import org.casewire.events.Template;
import org.casewire.outbound.quickentry.QuickEntries.Name;
import org.casewire.outbound.text.SplitText;
import org.casewire.outbound.text.StyledText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes of a request the text that would leave, in the parts it would leave in. */
@Component
class Composer {

    /** Far above what the most segments hold, with room for the markup of a styled text. */
    private static final int LONGEST = 256 * 1024;

    /** @param entries the quick entries there are of those asked for */
    Draft compose(SendRequested request, SiteDocument site, Map<Name, Template> entries) {
        SplitText text = null;
        try {
            String words = words(request, entries);
            text = words.isBlank() ? null : SplitText.of(words, site.split());
            SplitText fitting = text == null ? null : fitted(text, site);
            if (fitting == null && request.mediaUrls().isEmpty()) {
                throw new Refusal(RejectionReason.BODY_MISSING, "There is nothing to send: body is missing or blank.");
            }
            return new Draft(fitting, request.mediaUrls(), Optional.empty());
        } catch (Refusal refusal) {
            return new Draft(text, request.mediaUrls(), Optional.of(refusal.rejection()));
        }
    }

    private static String words(SendRequested request, Map<Name, Template> entries) {
        String body = request.body();
        if (request.quickEntry() != null) {
            if (body != null) {
                throw Refusal.invalid("body and quickEntry exclude each other.");
            }
            return filled(
                    request.quickEntry(),
                    entries.get(new Name(request.site(), request.quickEntry().name())));
        }
        if (body == null || body.isBlank()) {
            return "";
        }
        requireText("body", body);
        return plain(body, request.format() == null ? Format.TEXT : request.format());
    }

    private static String filled(QuickEntry asked, @Nullable Template entry) {
        if (entry == null) {
            throw new Refusal(
                    RejectionReason.UNKNOWN_QUICK_ENTRY, "This site has no quick entry '" + asked.name() + "'.");
        }
        List<String> missing = entry.missing(asked.values());
        if (!missing.isEmpty()) {
            throw new Refusal(
                    RejectionReason.QUICK_ENTRY_VALUE_MISSING,
                    "Quick entry '%s' needs a value for '%s'.".formatted(asked.name(), String.join("', '", missing)));
        }
        entry.placeholders()
                .forEach(name ->
                        requireText("quickEntry.values." + name, asked.values().get(name)));
        return entry.filled(asked.values());
    }

    private static void requireText(String field, @Nullable String text) {
        if (text == null
                || text.indexOf(0) >= 0
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Refusal.invalid(field + " holds a character that is none (U+0000 or half of a pair).");
        }
        if (text.length() > LONGEST) {
            throw new Refusal(
                    RejectionReason.BODY_TOO_LONG,
                    "%s has %d characters; no text has more than %d.".formatted(field, text.length(), LONGEST));
        }
    }

    private static String plain(String body, Format format) {
        return switch (format) {
            case TEXT -> body;
            case MARKDOWN -> StyledText.fromMarkdown(body);
            case HTML -> StyledText.fromHtml(body);
        };
    }

    private static SplitText fitted(SplitText text, SiteDocument site) {
        int most = site.maxSegments();
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
