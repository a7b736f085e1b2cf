package org.casewire.routing.document;

import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.InboundEvent.Media;
import org.jspecify.annotations.Nullable;

/**
 * A text that was filed, with the files it brought.
 *
 * @param account the Twilio account that had the text, by the webhook; null when it was not said
 * @param cases where the text stands
 */
public record Expected(
        String site,
        String sid,
        String contact,
        @Nullable String account,
        List<Media> media,
        List<CaseRef> cases,
        String traceParent) {}
