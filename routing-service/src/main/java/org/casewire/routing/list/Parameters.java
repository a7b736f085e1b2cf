package org.casewire.routing.list;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.casewire.events.CaseRef;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Reads what stands in an address; what cannot be read is named. */
public final class Parameters {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern CONTACT = Pattern.compile("[^/|\\p{Cntrl}]{1,100}");
    private static final Pattern PLUS_READ_AS_BLANK = Pattern.compile(" (?=\\d{2}:\\d{2}$)");

    private Parameters() {}

    /** The site of that name. */
    public static SiteDocument site(Sites sites, String site) {
        return sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "No site is called '" + site + "'. Check the address."));
    }

    /** A number in E.164 or in the site's national form; a short code or a name as it is. */
    public static String contact(SiteDocument site, String written) {
        if (written.isBlank() || !CONTACT.matcher(written).matches()) {
            throw invalid("contact must be a number like +14045387319 or 404-538-7319.");
        }
        return PhoneNumbers.normalised(written, site.region());
    }

    /** The same, where it may be left out. */
    public static @Nullable String contactOrNull(SiteDocument site, @Nullable String written) {
        return written == null ? null : contact(site, written);
    }

    /** {@code CASE|16E-20010101} or {@code CASE/16E-20010101}. */
    public static @Nullable CaseRef caseOrNull(@Nullable String written) {
        if (written == null) {
            return null;
        }
        try {
            String[] parts = written.split("[|/]", 2);
            return new CaseRef(CaseRef.Kind.valueOf(parts[0]), parts[1]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException noCase) {
            throw invalid("case must be CASE, INTAKE or PRESCREEN, '|' and an id, like CASE|16E-20010101.");
        }
    }

    /** From the first moment of {@code from} to the last before {@code until}; a day is meant whole. */
    public static Period period(SiteDocument site, @Nullable String from, @Nullable String until) {
        ZoneId zone = site.timeZone();
        Period period = new Period(
                from == null ? Period.ALWAYS.from() : moment("from", from, zone, 0),
                until == null ? Period.ALWAYS.until() : moment("until", until, zone, 1));
        if (!period.until().isAfter(period.from())) {
            throw invalid("until must lie after from.");
        }
        return period;
    }

    private static Instant moment(String parameter, String written, ZoneId zone, int daysAfter) {
        try {
            String stripped = written.strip();
            return calendar(
                    DAY.matcher(stripped).matches()
                            ? LocalDate.parse(stripped)
                                    .plusDays(daysAfter)
                                    .atStartOfDay(zone)
                                    .toInstant()
                            : OffsetDateTime.parse(
                                            PLUS_READ_AS_BLANK.matcher(stripped).replaceFirst("+"))
                                    .toInstant());
        } catch (DateTimeException noTime) {
            throw invalid(
                    parameter + " must be a time with its zone like 2026-03-01T09:00:00Z, or a day like 2026-03-01.");
        }
    }

    /** The database does not read years without four digits. */
    private static Instant calendar(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new DateTimeException("year " + year);
        }
        return time;
    }

    /** An answer that names what is wrong. */
    public static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail);
    }
}
