package org.casewire.notification.wording;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.casewire.events.SiteDocument;

/** Dates and times as people of a language write them, on the clocks of a zone. */
public record LocalTimes(Locale language, ZoneId zone) {

    /** The language of a site, as it is written in the site's country where the tag names none. */
    public static Locale language(SiteDocument site) {
        Locale language = Locale.forLanguageTag(site.language());
        return language.getCountry().isEmpty()
                ? new Locale.Builder()
                        .setLocale(language)
                        .setRegion(site.region())
                        .build()
                : language;
    }

    /** {@code Monday, March 2}; with the year when it is another one than that of {@code now}. */
    public String date(Instant moment, Instant now) {
        ZonedDateTime local = moment.atZone(zone);
        boolean isThisYear = local.getYear() == now.atZone(zone).getYear();
        DateTimeFormatter format = switch (language.getLanguage()) {
            case "en" -> DateTimeFormatter.ofPattern("EEEE, MMMM d" + (isThisYear ? "" : ", uuuu"));
            case "es" -> DateTimeFormatter.ofPattern("EEEE, d 'de' MMMM" + (isThisYear ? "" : " 'de' uuuu"));
            case "fr" -> DateTimeFormatter.ofPattern("EEEE d MMMM" + (isThisYear ? "" : " uuuu"));
            default -> DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL);
        };
        return written(format, local);
    }

    /** {@code 9:00 AM} */
    public String time(Instant moment) {
        return written(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT), moment.atZone(zone));
    }

    /** {@code EST}, or what the zone calls that part of the year. */
    public String zone(Instant moment) {
        return written(DateTimeFormatter.ofPattern("z"), moment.atZone(zone));
    }

    /** A no-break space would turn the text to UCS-2, with half the room. */
    private String written(DateTimeFormatter format, TemporalAccessor moment) {
        return format.withLocale(language).format(moment).replace('\u202f', ' ').replace('\u00a0', ' ');
    }
}
