package org.casewire.routing.cases;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.casewire.events.CaseEvent.Phones;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument.PhoneField;

/** A number a case can be found by, with the field it stands in. */
record CaseNumber(PhoneField field, String contact) {

    /** Numbers of plans we do not know are compared as they stand; anything else can be nobody's sender. */
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

    /** The numbers of a case, each once per field; what is no number is left out. */
    static List<CaseNumber> of(Phones phones, String region) {
        return Stream.of(PhoneField.values())
                .flatMap(field -> written(phones, field).stream()
                        .filter(Objects::nonNull)
                        .flatMap(written -> normalised(written, region).stream())
                        .map(contact -> new CaseNumber(field, contact)))
                .distinct()
                .toList();
    }

    private static List<String> written(Phones phones, PhoneField field) {
        return switch (field) {
            case mobile -> phones.mobile();
            case home -> phones.home();
            case other -> phones.other();
        };
    }

    private static Optional<String> normalised(String written, String region) {
        return Optional.of(PhoneNumbers.normalised(written, region))
                .filter(number -> E164.matcher(number).matches());
    }

    static CaseNumber parse(String fieldAndContact) {
        int colon = fieldAndContact.indexOf(':');
        return new CaseNumber(
                PhoneField.valueOf(fieldAndContact.substring(0, colon)), fieldAndContact.substring(colon + 1));
    }

    @Override
    public String toString() {
        return field + ":" + contact;
    }
}
