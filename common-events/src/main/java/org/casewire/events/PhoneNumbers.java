package org.casewire.events;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;

/** The one way a written phone number becomes E.164, so that every service means the same person. */
public final class PhoneNumbers {

    private static final int NORTH_AMERICAN_LENGTH = "+12025550100".length();
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private PhoneNumbers() {}

    /** A valid number with the country it belongs to (ISO 3166; {@code 001} for none). */
    public record Known(String e164, String region) {}

    /** Reads a number in E.164 or in the national form of {@code region}; empty when it is none that can be dialled. */
    public static Optional<Known> read(String written, String region) {
        try {
            PhoneNumber number = NUMBERS.parse(written, region);
            if (number.hasExtension() || !NUMBERS.isValidNumber(number)) {
                return Optional.empty();
            }
            String home = NUMBERS.getRegionCodeForNumber(number);
            return Optional.of(new Known(NUMBERS.format(number, PhoneNumberFormat.E164), home == null ? "001" : home));
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    /** The number in E.164, or as written when it is not one: a short code can be received but never dialled. */
    public static String normalised(String written, String region) {
        return isNorthAmerican(written)
                ? written
                : read(written, region).map(Known::e164).orElse(written.strip());
    }

    /** In E.164 these are what they are, valid or not; most numbers come so, and asking the library takes long. */
    private static boolean isNorthAmerican(String written) {
        if (written.length() != NORTH_AMERICAN_LENGTH || !written.startsWith("+1") || written.charAt(2) < '2') {
            return false;
        }
        for (int i = 2; i < NORTH_AMERICAN_LENGTH; i++) {
            if (written.charAt(i) < '0' || written.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** For logs: all but the last two digits hidden. */
    public static String masked(String number) {
        return number.length() <= 2 ? "**" : "*".repeat(number.length() - 2) + number.substring(number.length() - 2);
    }
}
