package org.casewire.twin.number;

import java.util.regex.Pattern;

/** Twilio's search patterns: part of a number, {@code *} for one digit, {@code %} for many. */
final class NumberPattern {

    private NumberPattern() {}

    static boolean matches(String part, String number) {
        StringBuilder expression = new StringBuilder();
        part.chars().filter(c -> c != ' ' && c != '-').forEach(c -> {
            switch (c) {
                case '*' -> expression.append("[0-9]");
                case '%' -> expression.append("[0-9]*");
                default -> expression.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(expression.toString()).matcher(number).find();
    }
}
