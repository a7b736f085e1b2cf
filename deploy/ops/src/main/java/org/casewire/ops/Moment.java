package org.casewire.ops;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a moment as people write it: a time, or how long ago. */
public final class Moment implements ITypeConverter<Instant> {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    @Override
    public Instant convert(String words) {
        Matcher ago = AGO.matcher(words);
        try {
            if (ago.matches()) {
                Duration unit = UNITS.getOrDefault(ago.group(2), Duration.ZERO);
                return Instant.now().minus(unit.multipliedBy(Long.parseLong(ago.group(1))));
            }
            return words.startsWith("P")
                    ? Instant.now().minus(Duration.parse(words))
                    : OffsetDateTime.parse(words).toInstant();
        } catch (DateTimeParseException | ArithmeticException neither) {
            throw new TypeConversionException(
                    "'" + words + "' is neither a time (2026-11-22T10:00:00Z) nor how long ago (90m, 3d, PT2H)");
        }
    }
}
