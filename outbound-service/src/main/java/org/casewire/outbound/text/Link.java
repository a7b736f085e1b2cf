package org.casewire.outbound.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said of a link after its words: its address, where a person could follow it. */
final class Link {

    /** Browsers drop these from an address, so that {@code java\nscript:} is one. */
    private static final Pattern DROPPED = Pattern.compile("[\\t\\r\\n]");

    private static final Pattern WEB = Pattern.compile("https?://\\S.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern PERSON = Pattern.compile("(?:mailto|tel|sms):([^?]+).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern DECORATION = Pattern.compile("^https?://(?:www\\.)?|/$", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_DIGIT = Pattern.compile("\\D");

    /** A number of North America without its country. */
    private static final int NATIONAL = 10;

    private Link() {}

    /**
     * The address in brackets, or bare when the link has no words.
     *
     * @return empty when the words say it already, or when nobody could follow it
     */
    static Optional<String> of(String href, String words) {
        String address = DROPPED.matcher(href).replaceAll("").strip();
        Matcher person = PERSON.matcher(address);
        if (person.matches()) {
            return names(words, person.group(1)) ? Optional.empty() : Optional.of(said(words, person.group(1)));
        }
        boolean isNews = WEB.matcher(address).matches() && !bare(words).equals(bare(address));
        return isNews ? Optional.of(said(words, address.replace(" ", "%20"))) : Optional.empty();
    }

    private static String said(String words, String address) {
        return words.isEmpty() ? address : " (" + address + ")";
    }

    private static String bare(String address) {
        return DECORATION.matcher(address).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private static boolean names(String words, String person) {
        if (person.contains("@")) {
            return words.toLowerCase(Locale.ROOT).contains(person.toLowerCase(Locale.ROOT));
        }
        String number = NO_DIGIT.matcher(person).replaceAll("");
        String local = number.substring(Math.max(0, number.length() - NATIONAL));
        return NO_DIGIT.matcher(words).replaceAll("").contains(local);
    }
}
