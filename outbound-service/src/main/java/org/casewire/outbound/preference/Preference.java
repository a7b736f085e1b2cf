package org.casewire.outbound.preference;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.ContactEvent.ContactChanged.Delivery;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested.Audience;
import org.casewire.outbound.message.Message.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * How the owner of a number wants to hear from a site, all that is known taken together.
 *
 * @param locked whether a request cannot override EMAIL_ONLY
 * @param timeZones where the upstream says the person is; several when its contacts with this number differ
 */
public record Preference(boolean textingEnabled, Delivery delivery, boolean locked, Set<ZoneId> timeZones) {

    /** Of somebody nobody said anything about. */
    static final Preference UNSAID = new Preference(true, Delivery.TEXT_AND_EMAIL, false, Set.of());

    /**
     * Why a text would go against it, empty when it would not. The purpose makes no difference: statements and notices
     * go by text like everything else unless the person wants e-mail only.
     *
     * @param preference null when nothing is known of the person
     * @param textDemanded whether the request says that it is to go by text all the same
     */
    public static Optional<Rejection> refusal(
            @Nullable Preference preference, Purpose purpose, Audience audience, boolean textDemanded) {
        if (preference == null || audience == Audience.STAFF) {
            return Optional.empty();
        }
        if (!preference.textingEnabled()) {
            return Optional.of(new Rejection(
                    RejectionReason.TEXTING_DISABLED,
                    "Texting is switched off for this person; switch it on in their contact record first."));
        }
        return switch (preference.delivery()) {
            case TEXT_ONLY, TEXT_AND_EMAIL -> Optional.empty();
            case EMAIL_ONLY -> preference.againstEmail(textDemanded);
        };
    }

    private Optional<Rejection> againstEmail(boolean textDemanded) {
        if (locked) {
            return Optional.of(new Rejection(
                    RejectionReason.EMAIL_ONLY,
                    "This person is to be reached by e-mail only, and that choice is locked: delivery TEXT does not"
                            + " override it."));
        }
        return textDemanded
                ? Optional.empty()
                : Optional.of(new Rejection(
                        RejectionReason.EMAIL_ONLY,
                        "This person prefers e-mail; say delivery TEXT to text them all the same."));
    }
}
