package org.casewire.outbound.preference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Changes the preferences of many people, and answers for each of them. */
@Service
class BulkChange {

    private static final String NO_NUMBER = "INVALID_NUMBER";
    private static final String NO_CONTACT = "UNKNOWN_CONTACT";

    private final OwnPreferences own;

    BulkChange(OwnPreferences own) {
        this.own = own;
    }

    /** What became of one entry. */
    enum Outcome {
        CHANGED,
        UNCHANGED,
        REFUSED
    }

    /**
     * The answer for one entry.
     *
     * @param given the number or id as it stands in the request
     * @param contact the number it means, null when it means none
     * @param reason why it is refused, null when it is not
     * @param detail the same for people
     */
    record Item(
            String given,
            @Nullable String contact,
            Outcome outcome,
            @Nullable String reason,
            @Nullable String detail) {

        private Item decided(Set<String> changed) {
            return contact == null
                    ? this
                    : new Item(
                            given,
                            contact,
                            changed.contains(contact) ? Outcome.CHANGED : Outcome.UNCHANGED,
                            null,
                            null);
        }
    }

    /** The answers in the order of the request: first its contacts, then its contactIds. */
    record Report(long changed, long unchanged, long refused, List<Item> items) {

        private static Report of(List<Item> items) {
            Map<Outcome, Long> counts =
                    items.stream().collect(Collectors.groupingBy(Item::outcome, Collectors.counting()));
            return new Report(
                    counts.getOrDefault(Outcome.CHANGED, 0L),
                    counts.getOrDefault(Outcome.UNCHANGED, 0L),
                    counts.getOrDefault(Outcome.REFUSED, 0L),
                    items);
        }
    }

    Report apply(SiteDocument site, ContactsPatch patch, String by, Instant at) {
        List<Item> found = new ArrayList<>();
        patch.contacts().forEach(written -> found.add(byNumber(written, site.region())));
        if (!patch.contactIds().isEmpty()) {
            Map<String, String> mobiles = own.mobiles(site.site(), patch.contactIds());
            patch.contactIds().forEach(id -> found.add(byId(id, mobiles.get(id))));
        }
        Set<String> numbers =
                found.stream().map(Item::contact).filter(Objects::nonNull).collect(Collectors.toSet());
        Set<String> changed =
                numbers.isEmpty() ? Set.of() : own.change(site.site(), numbers, patch.set(), patch.clear(), by, at);
        return Report.of(found.stream().map(item -> item.decided(changed)).toList());
    }

    private static Item byNumber(String written, String region) {
        return PhoneNumbers.read(written, region)
                .map(number -> found(written, number.e164()))
                .orElseGet(() -> refused(
                        written,
                        NO_NUMBER,
                        "This is not a phone number that can be texted; check area code, exchange and line."));
    }

    private static Item byId(String id, @Nullable String mobile) {
        if (mobile == null) {
            return refused(id, NO_CONTACT, "The upstream has told of no contact with this id.");
        }
        return mobile.isEmpty()
                ? refused(id, NO_NUMBER, "This contact has no mobile number that can be texted.")
                : found(id, mobile);
    }

    private static Item found(String given, String contact) {
        return new Item(given, contact, Outcome.UNCHANGED, null, null);
    }

    private static Item refused(String given, String reason, String detail) {
        return new Item(given, null, Outcome.REFUSED, reason, detail);
    }
}
