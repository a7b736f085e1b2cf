package org.casewire.twin.number;

import java.util.regex.Pattern;

/** How numbers may be written. */
public final class NumberPlan {

    private static final Pattern FORMATTING = Pattern.compile("[\\s().-]");

    private NumberPlan() {}

    /** The number without its formatting, and with the +1 that Americans may leave out; anything else as it stands. */
    public static String international(String given) {
        String number = FORMATTING.matcher(given).replaceAll("");
        return switch (number.length()) {
            case 10 -> number.startsWith("+") ? number : "+1" + number;
            case 11 -> number.startsWith("1") ? "+" + number : number;
            default -> number;
        };
    }
}
