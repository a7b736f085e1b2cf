package org.casewire.notification.unanswered;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.casewire.events.SiteDocument.WorkingHours;
import org.jspecify.annotations.Nullable;

/**
 * How much of a time somebody was there: the moments at which the clock on the office's wall showed a time within the
 * working hours of an open day. Hours that end at or before they begin end on the next day.
 */
final class WorkingTime {

    private WorkingTime() {}

    /** @param hours null when it is not said: then every moment counts */
    static Duration between(Instant from, Instant until, ZoneId zone, @Nullable WorkingHours hours) {
        if (!from.isBefore(until)) {
            return Duration.ZERO;
        }
        if (hours == null) {
            return Duration.between(from, until);
        }
        ZoneRules rules = zone.getRules();
        Duration sum = Duration.ZERO;
        Instant at = from;
        while (at.isBefore(until)) {
            // Up to the next change of the clocks, local time runs as all time does.
            Instant end = earlier(until, rules.nextTransition(at));
            ZoneOffset offset = rules.getOffset(at);
            sum = sum.plus(open(LocalDateTime.ofInstant(at, offset), LocalDateTime.ofInstant(end, offset), hours));
            at = end;
        }
        return sum;
    }

    private static Instant earlier(Instant until, @Nullable ZoneOffsetTransition change) {
        return change == null || change.getInstant().isAfter(until) ? until : change.getInstant();
    }

    private static Duration open(LocalDateTime from, LocalDateTime until, WorkingHours hours) {
        Duration sum = Duration.ZERO;
        // Yesterday's hours may reach into today.
        for (LocalDate day = from.toLocalDate().minusDays(1);
                !day.isAfter(until.toLocalDate());
                day = day.plusDays(1)) {
            if (hours.days().contains(day.getDayOfWeek())) {
                LocalDateTime opens = day.atTime(hours.from());
                LocalDateTime closes = (hours.to().isAfter(hours.from()) ? day : day.plusDays(1)).atTime(hours.to());
                sum = sum.plus(overlap(opens.isAfter(from) ? opens : from, closes.isBefore(until) ? closes : until));
            }
        }
        return sum;
    }

    private static Duration overlap(LocalDateTime begin, LocalDateTime end) {
        return begin.isBefore(end) ? Duration.between(begin, end) : Duration.ZERO;
    }
}
