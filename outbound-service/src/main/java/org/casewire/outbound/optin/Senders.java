package org.casewire.outbound.optin;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Objects;
import java.util.Optional;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Sender;

/** How a site appears to the people it writes to. */
final class Senders {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private Senders() {}

    static String name(SiteDocument site) {
        String name = site.displayName();
        return name == null || name.isBlank() ? site.site() : name.strip();
    }

    /** The number START is to be texted to; empty when the site has a Messaging Service only. */
    static Optional<String> number(SiteDocument site) {
        return site.senders().stream()
                .map(Sender::number)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** A number as people of the site's country write it. */
    static String written(String e164, SiteDocument site) {
        try {
            PhoneNumber number = NUMBERS.parse(e164, site.region());
            boolean national = site.region().equals(NUMBERS.getRegionCodeForNumber(number));
            return NUMBERS.format(number, national ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException shortCode) {
            return e164;
        }
    }
}
