package org.casewire.outbound.preference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.outbound.preference.RecipientHealth.Ailment;
import org.jspecify.annotations.Nullable;

/**
 * Whether texts to a number can arrive.
 *
 * @param detail in words for a case worker
 * @param at when the last text failed because of it, null when it is the number's form that tells
 * @param codes Twilio's error codes since a text last arrived, the latest first
 */
record Validity(State state, String detail, @Nullable Instant at, List<Ailment> codes) {

    /** What is wrong with a number, if anything. */
    enum State {
        VALID,
        INVALID,
        UNSUPPORTED_COUNTRY,
        UNREACHABLE,
        BLOCKED,
        LANDLINE
    }

    private record Meaning(State state, String detail) {}

    static Validity of(String written, SiteDocument site, List<Ailment> ailments) {
        Optional<PhoneNumbers.Known> number = PhoneNumbers.read(written, site.region());
        if (number.isEmpty()) {
            return form(
                    State.INVALID,
                    "This is not a phone number that can be texted; check area code, exchange and line.",
                    ailments);
        }
        String country = number.get().region();
        if (!site.regions().contains(country)) {
            return form(
                    State.UNSUPPORTED_COUNTRY,
                    "This is a number of %s, and this site texts only to %s."
                            .formatted(country, String.join(", ", site.regions())),
                    ailments);
        }
        return ailments.stream()
                .flatMap(ailment -> meaning(ailment.code()).stream()
                        .map(meaning -> new Validity(meaning.state(), meaning.detail(), ailment.at(), ailments)))
                .findFirst()
                .orElseGet(() ->
                        form(State.VALID, "The number is well formed, and no text to it failed since.", ailments));
    }

    private static Validity form(State state, String detail, List<Ailment> ailments) {
        return new Validity(state, detail, null, ailments);
    }

    static boolean isAboutTheNumber(int code) {
        return meaning(code).isPresent();
    }

    private static Optional<Meaning> meaning(int code) {
        return Optional.ofNullable(
                switch (code) {
                    case 21211, 21265, 30005 ->
                        new Meaning(
                                State.INVALID, "Twilio says that nobody has this number (any more); ask for another.");
                    case 21614, 21635, 30006 ->
                        new Meaning(State.LANDLINE, "Twilio says that this is a landline, or one that takes no texts.");
                    case 30003 ->
                        new Meaning(
                                State.UNREACHABLE,
                                "The phone could not be reached: switched off, without signal, or not in service.");
                    case 30004 ->
                        new Meaning(State.BLOCKED, "The phone or its carrier does not take texts from this site.");
                    default -> null;
                });
    }
}
