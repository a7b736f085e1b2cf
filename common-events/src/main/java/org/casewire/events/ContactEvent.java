package org.casewire.events;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The upstream's clients, on the compacted {@link Topics#CONTACTS}; a tombstone says that the client is gone. */
public sealed interface ContactEvent extends Event {

    @Override
    default String topic() {
        return Topics.CONTACTS;
    }

    /**
     * A client as a whole; an older one never overwrites a newer one. Of several with one number the strictest counts.
     *
     * @param mobile the texting number as the upstream wrote it
     * @param textingEnabled null is true
     * @param delivery by which road the client wants to hear from the site, null is TEXT_AND_EMAIL
     * @param deliveryLocked whether a request cannot override EMAIL_ONLY, null is false
     */
    record ContactChanged(
            String site,
            String contactId,
            @Nullable String name,
            @Nullable String mobile,
            @Nullable String email,
            @Nullable ZoneId timeZone,
            @Nullable Boolean textingEnabled,
            @Nullable Delivery delivery,
            @Nullable Boolean deliveryLocked,
            Instant updatedAt)
            implements ContactEvent {

        /** By which road a client wants to hear from the site. */
        public enum Delivery {
            TEXT_ONLY,
            EMAIL_ONLY,
            TEXT_AND_EMAIL
        }

        public ContactChanged {
            Required.field(site, "site");
            Required.field(contactId, "contactId");
            Required.field(updatedAt, "updatedAt");
        }

        @Override
        public String key() {
            return site + "|" + contactId;
        }

        @Override
        public String subject() {
            return contactId;
        }
    }
}
