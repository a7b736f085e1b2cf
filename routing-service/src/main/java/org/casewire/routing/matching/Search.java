package org.casewire.routing.matching;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.casewire.events.Matching;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.PhoneField;

/**
 * How one reply is to be matched.
 *
 * @param phoneFields which numbers of a case count; the first is the texting number
 * @param zone in which the reasons tell the time
 * @param before only texts accepted before this moment count
 */
public record Search(Matching strategy, List<PhoneField> phoneFields, ZoneId zone, Instant before) {

    /** A search by the site's settings. */
    public static Search of(SiteDocument site, Instant before) {
        return new Search(site.matching(), site.phoneFields(), site.timeZone(), before);
    }

    /** Whether this is the field of the site's texting number. */
    boolean isTexting(PhoneField field) {
        return !phoneFields.isEmpty() && phoneFields.getFirst() == field;
    }
}
