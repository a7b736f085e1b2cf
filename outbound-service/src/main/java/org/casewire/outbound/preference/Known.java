package org.casewire.outbound.preference;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.casewire.events.ContactEvent.ContactChanged.Delivery;
import org.casewire.outbound.preference.ContactsPatch.Value;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of how the owner of a number wants to hear from a site.
 *
 * @param upstream the upstream's contacts with that number
 * @param own what the site's own people decided, null when they decided nothing
 */
record Known(List<Upstream> upstream, @Nullable Own own) {

    static final Known NOTHING = new Known(List.of(), null);

    private static final List<Delivery> FROM_THE_STRICTEST =
            List.of(Delivery.EMAIL_ONLY, Delivery.TEXT_AND_EMAIL, Delivery.TEXT_ONLY);

    /** What somebody said; null where they said nothing. */
    record Wishes(
            @JsonSetter(nulls = Nulls.FAIL) @Nullable Boolean textingEnabled,
            @JsonSetter(nulls = Nulls.FAIL) @Nullable Delivery delivery,
            @JsonSetter(nulls = Nulls.FAIL) @Nullable Boolean deliveryLocked) {

        static final Wishes NONE = new Wishes(null, null, null);

        boolean says(Value value) {
            return switch (value) {
                case textingEnabled -> textingEnabled != null;
                case delivery -> delivery != null;
                case deliveryLocked -> deliveryLocked != null;
            };
        }

        private Delivery deliveryOrUsual() {
            return delivery == null ? Preference.UNSAID.delivery() : delivery;
        }

        private boolean locks(Delivery what) {
            return Boolean.TRUE.equals(deliveryLocked) && deliveryOrUsual() == what;
        }
    }

    /** A contact of the upstream. */
    record Upstream(
            String contactId,
            @JsonUnwrapped Wishes wishes,
            @Nullable ZoneId timeZone,
            Instant updatedAt) {}

    /** A decision of ours. */
    record Own(@JsonUnwrapped Wishes wishes, String changedBy, Instant changedAt) {}

    /** Where an effective value comes from. */
    enum Source {
        DEFAULT,
        UPSTREAM,
        OURS
    }

    /** An effective value's source, and the upstream's contacts that say so. */
    record Origin(Source source, List<String> contactIds) {}

    Known and(Known more) {
        List<Upstream> all = new ArrayList<>(upstream);
        all.addAll(more.upstream);
        return new Known(List.copyOf(all), own);
    }

    /** Ours where there is one; else a text is refused when any one contact with the number would have it refused. */
    Preference preference() {
        Wishes ours = own == null ? Wishes.NONE : own.wishes();
        Wishes theirs = strictest();
        return new Preference(
                Objects.requireNonNullElse(ours.textingEnabled(), !Boolean.FALSE.equals(theirs.textingEnabled())),
                Objects.requireNonNullElse(ours.delivery(), theirs.deliveryOrUsual()),
                Objects.requireNonNullElse(ours.deliveryLocked(), Boolean.TRUE.equals(theirs.deliveryLocked())),
                upstream.stream()
                        .map(Upstream::timeZone)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** A lock counts with the delivery it locks: of a contact that wants e-mail beside one that locked its texts, none. */
    private Wishes strictest() {
        boolean enabled = upstream.stream()
                .noneMatch(one -> Boolean.FALSE.equals(one.wishes().textingEnabled()));
        Delivery delivery = upstream.stream()
                .map(one -> one.wishes().deliveryOrUsual())
                .min(Comparator.comparing(FROM_THE_STRICTEST::indexOf))
                .orElse(Preference.UNSAID.delivery());
        boolean locked = upstream.stream().anyMatch(one -> one.wishes().locks(delivery));
        return new Wishes(enabled, delivery, locked);
    }

    /** Where one of the three effective values comes from. */
    <T> Origin origin(Function<Wishes, @Nullable T> value, T effective) {
        if (own != null && value.apply(own.wishes()) != null) {
            return new Origin(Source.OURS, List.of());
        }
        List<String> saying = upstream.stream()
                .filter(one -> effective.equals(value.apply(one.wishes())))
                .map(Upstream::contactId)
                .toList();
        return new Origin(saying.isEmpty() ? Source.DEFAULT : Source.UPSTREAM, saying);
    }
}
