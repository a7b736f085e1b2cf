package org.casewire.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/** The sites and their settings, on the compacted {@link Topics#SITES}. */
public sealed interface SiteEvent extends Event {

    @Override
    default String topic() {
        return Topics.SITES;
    }

    /** A site's settings as a whole; an older one never overwrites a newer one. */
    record SiteChanged(@JsonUnwrapped SiteDocument document, Instant updatedAt) implements SiteEvent {

        public SiteChanged {
            Required.field(updatedAt, "updatedAt");
        }

        @Override
        public String site() {
            return document.site();
        }

        @Override
        public String key() {
            return document.site();
        }

        @Override
        public String subject() {
            return document.site();
        }
    }
}
