package org.casewire.outbound.quiet;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.casewire.events.Purpose;
import org.casewire.events.SiteDocument.QuietHours;

/**
 * The rule of quiet hours: a text may leave only when it is outside of them in every zone the recipient may be in.
 *
 * <p>Quiet begins when the recipient's clock first shows {@code from} and ends when it shows {@code to} for the last
 * time, so nobody is texted in an hour that is quiet by their clock, not even when it is set back; a time that the
 * clock skips is the first one after it. When the zones leave no common moment within two days, a text leaves while it
 * is quiet in the fewest of them: hours that are quiet around the clock everywhere hold nothing, rather than for ever.
 */
public final class QuietTime {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final PhoneNumberToTimeZonesMapper ZONES = PhoneNumberToTimeZonesMapper.getInstance();
    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

    private QuietTime() {}

    /** When a text of that purpose that wants to leave at {@code at} may; empty when it may at once. */
    public static Optional<Instant> releaseAt(List<QuietHours> hours, Purpose purpose, Set<ZoneId> zones, Instant at) {
        return around(at, hours, purpose, zones).map(Timeline::firstFree).filter(at::isBefore);
    }

    /**
     * When the quiet time begins that follows the first moment a text of that purpose may leave from {@code at} on;
     * empty when there is none. Until then a text that leaves at that moment may arrive.
     */
    public static Optional<Instant> nextStart(List<QuietHours> hours, Purpose purpose, Set<ZoneId> zones, Instant at) {
        return around(at, hours, purpose, zones).flatMap(Timeline::endOfFirstFree);
    }

    private static Optional<Timeline> around(Instant at, List<QuietHours> hours, Purpose purpose, Set<ZoneId> zones) {
        List<QuietHours> relevant =
                hours.stream().filter(one -> one.purposes().contains(purpose)).toList();
        return relevant.isEmpty() ? Optional.empty() : Optional.of(Timeline.around(at, relevant, zones));
    }

    /**
     * The zones a person may be in.
     *
     * @param told what the upstream says, which settles it
     * @param siteZone for numbers that tell nothing
     */
    public static Set<ZoneId> zonesOf(String e164, Set<ZoneId> told, ZoneId siteZone) {
        if (!told.isEmpty()) {
            return told;
        }
        Set<ZoneId> ofNumber = zonesOfNumber(e164);
        return ofNumber.isEmpty() ? Set.of(siteZone) : ofNumber;
    }

    /** The zones in which a number is at home, none when it tells nothing. */
    public static Set<ZoneId> zonesOfNumber(String e164) {
        try {
            return ZONES.getTimeZonesForNumber(NUMBERS.parse(e164, null)).stream()
                    .filter(name -> !name.equals(PhoneNumberToTimeZonesMapper.getUnknownTimeZone()))
                    .filter(KNOWN::contains)
                    .map(ZoneId::of)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (NumberParseException noNumber) {
            return Set.of();
        }
    }
}
