package org.casewire.routing.matching;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.SiteDocument.PhoneField;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one sender at one site.
 *
 * @param texted the cases that texted the sender, whatever numbers they hold
 * @param holders the cases that hold the sender's number; one that is gone holds none
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
     * @param gone whether the upstream said since that there is no such case
     */
    public record Texted(
            CaseRef ref, Instant acceptedAt, @Nullable Instant updatedAt, boolean gone) {}

    /**
     * A case holds the sender's number.
     *
     * @param datedAt when it was opened (CASE) or taken in (INTAKE), as far as the upstream said
     */
    public record Holder(
            CaseRef ref, PhoneField field, @Nullable Instant datedAt, Instant updatedAt) {

        /** In this order thousands of holders of one number are ranked the fastest; any other comes to the same. */
        public static final Comparator<Holder> BEST_FIRST = comparing(Holder::datedAt, nullsFirst(naturalOrder()))
                .thenComparing(Holder::updatedAt)
                .thenComparing(holder -> holder.ref().id())
                .reversed();
    }
}
