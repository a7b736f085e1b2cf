package org.casewire.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;

/**
 * How long before its start an entry is reminded of, as ISO 8601 writes it: {@code P1D}, {@code PT2H}, {@code P1DT12H}.
 *
 * @param days years, months and days: they keep the wall clock
 * @param hours hours, minutes and seconds: they are exact
 */
public record RemindBefore(Period days, Duration hours) {

    private static final String RULE = "must be an ISO 8601 duration above zero and at most P100Y, like P1D or PT2H";
    private static final int MOST_YEARS = 100;

    public RemindBefore {
        boolean isNegative = days.isNegative() || hours.isNegative();
        boolean isTooLong = Math.abs(days.toTotalMonths()) > MOST_YEARS * 12L
                || Math.abs((long) days.getDays()) > MOST_YEARS * 366L
                || hours.compareTo(Duration.ofDays(MOST_YEARS * 366L)) > 0;
        if (isNegative || isTooLong || days.isZero() && hours.isZero()) {
            throw new IllegalArgumentException(RULE);
        }
    }

    /**
     * Reads it as written.
     *
     * @throws IllegalArgumentException saying what it must be
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RemindBefore of(String written) {
        String text = written.strip().toUpperCase(Locale.ROOT);
        int time = text.indexOf('T');
        try {
            String date = time < 0 ? text : text.substring(0, time);
            return new RemindBefore(
                    date.equals("P") ? Period.ZERO : Period.parse(date),
                    time < 0 ? Duration.ZERO : Duration.parse("PT" + text.substring(time + 1)));
        } catch (DateTimeException | ArithmeticException _) {
            throw new IllegalArgumentException(RULE);
        }
    }

    /** When somebody is reminded of what begins at {@code start}, on the clocks of {@code zone}. */
    public Instant of(Instant start, ZoneId zone) {
        if (days.isZero()) {
            return start.minus(hours);
        }
        return first(LocalDateTime.ofInstant(start, zone).minus(days), zone.getRules())
                .minus(hours);
    }

    /** A time that is skipped is the first after it; of one that comes twice the first is meant. */
    private static Instant first(LocalDateTime local, ZoneRules rules) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = rules.getTransition(local);
            return gap.getInstant();
        }
        return local.toInstant(offsets.getFirst());
    }

    /** In one form, whichever way it was written. */
    @JsonValue
    @Override
    public String toString() {
        if (hours.isZero()) {
            return days.toString();
        }
        return days.isZero() ? hours.toString() : days + hours.toString().substring(1);
    }
}
