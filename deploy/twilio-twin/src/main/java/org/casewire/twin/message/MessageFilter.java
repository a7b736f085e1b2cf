package org.casewire.twin.message;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.function.Predicate;
import org.casewire.twin.http.Form;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.rest.Refusal;
import org.jspecify.annotations.Nullable;

/** The filters of the list: From and the three forms of DateSent. What was not sent yet has no DateSent. */
final class MessageFilter {

    private record Span(Instant from, Instant until) {}

    private MessageFilter() {}

    static Predicate<Message> of(Form query) {
        Predicate<Message> filter = _ -> true;
        String from = query.given("From");
        if (from != null) {
            filter = filter.and(message -> message.from().equals(from.strip()));
        }
        Span on = span(query, "DateSent");
        if (on != null) {
            filter = filter.and(sent(at -> !at.isBefore(on.from()) && at.isBefore(on.until())));
        }
        Span before = span(query, "DateSent<");
        if (before != null) {
            filter = filter.and(sent(at -> at.isBefore(before.until())));
        }
        Span after = span(query, "DateSent>");
        return after == null ? filter : filter.and(sent(at -> !at.isBefore(after.from())));
    }

    private static Predicate<Message> sent(Predicate<Instant> test) {
        return message -> {
            Instant at = message.state().sentAt();
            return at != null && test.test(at);
        };
    }

    /** A date is its whole day in UTC, a time its second; both bounds of the list count the given one in. */
    private static @Nullable Span span(Form query, String name) {
        String given = query.given(name);
        if (given == null) {
            return null;
        }
        try {
            if (given.length() == 10) {
                LocalDate day = LocalDate.parse(given);
                return new Span(
                        day.atStartOfDay().toInstant(ZoneOffset.UTC),
                        day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            Instant at = instant(given.replace(' ', 'T'));
            return new Span(at, at.plusSeconds(1));
        } catch (DateTimeParseException e) {
            throw Refusal.INVALID_PARAMETER.error(name);
        }
    }

    private static Instant instant(String given) {
        boolean zoned = given.endsWith("Z") || given.lastIndexOf('+') > 10 || given.lastIndexOf('-') > 10;
        return zoned
                ? OffsetDateTime.parse(given).toInstant()
                : LocalDateTime.parse(given).toInstant(ZoneOffset.UTC);
    }
}
