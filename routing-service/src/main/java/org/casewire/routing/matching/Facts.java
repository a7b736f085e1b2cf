package org.casewire.routing.matching;

import java.time.Instant;
import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.SiteDocument.PhoneField;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one sender at one site. Cases that are gone are not among it.
 *
 * @param texted the cases that texted the sender, whatever numbers they hold
 * @param holders the cases that hold the sender's number
 */
public record Facts(List<Texted> texted, List<Holder> holders) {

    /** Nothing is known of the sender. */
    public static final Facts NONE = new Facts(List.of(), List.of());

    public Facts {
        texted = List.copyOf(texted);
        holders = List.copyOf(holders);
    }

    /**
     * A case texted the sender.
     *
     * @param updatedAt of the case; null when the upstream never told of it
     */
    public record Texted(
            CaseRef ref, Instant acceptedAt, @Nullable Instant updatedAt) {}

    /**
     * A case holds the sender's number.
     *
     * @param datedAt when it was opened (CASE) or taken in (INTAKE), as far as the upstream said
     */
    public record Holder(
            CaseRef ref, PhoneField field, @Nullable Instant datedAt, Instant updatedAt) {}
}
