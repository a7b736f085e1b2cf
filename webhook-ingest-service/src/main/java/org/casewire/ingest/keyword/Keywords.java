package org.casewire.ingest.keyword;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.InboundEvent.Keyword;
import org.jspecify.annotations.Nullable;

/** Twilio's default opt-out, opt-in and help words, and what its Advanced Opt-Out says instead of them. */
public final class Keywords {

    private static final Map<String, Keyword> WORDS = Map.ofEntries(
            Map.entry("STOP", Keyword.STOP),
            Map.entry("STOPALL", Keyword.STOP),
            Map.entry("UNSUBSCRIBE", Keyword.STOP),
            Map.entry("CANCEL", Keyword.STOP),
            Map.entry("END", Keyword.STOP),
            Map.entry("QUIT", Keyword.STOP),
            Map.entry("REVOKE", Keyword.STOP),
            Map.entry("OPTOUT", Keyword.STOP),
            Map.entry("START", Keyword.START),
            Map.entry("YES", Keyword.START),
            Map.entry("UNSTOP", Keyword.START),
            Map.entry("HELP", Keyword.HELP),
            Map.entry("INFO", Keyword.HELP));
    private static final String NOT_TOLL_FREE = "YES";
    private static final int LONGEST = "UNSUBSCRIBE".length();

    private Keywords() {}

    /**
     * What a text is to Twilio.
     *
     * @param optOutType Twilio's own finding, which wins; null where Advanced Opt-Out is off
     * @param body only a single word counts; case and the spaces and punctuation around it do not
     * @param line the number it was sent to
     */
    public static Keyword of(@Nullable String optOutType, String body, Line line) {
        return found(optOutType).orElseGet(() -> byItsWord(body, line));
    }

    /** Whether Twilio has answered a text itself, as far as anybody outside can know. */
    public static boolean isAnsweredByTwilio(@Nullable String optOutType, Keyword keyword, Line line) {
        return found(optOutType).isPresent()
                || keyword != Keyword.NONE
                        && switch (line) {
                            case LONG_CODE, TOLL_FREE -> true;
                            case SHORT_CODE, CHANNEL -> false;
                        };
    }

    private static Optional<Keyword> found(@Nullable String optOutType) {
        return switch (optOutType == null ? "" : optOutType.strip().toUpperCase(Locale.ROOT)) {
            case "STOP" -> Optional.of(Keyword.STOP);
            case "START" -> Optional.of(Keyword.START);
            case "HELP" -> Optional.of(Keyword.HELP);
            default -> Optional.empty();
        };
    }

    /**
     * Whether a text that was taken for START surely was one: found by Twilio, or the bare word. Where Twilio may not
     * have understood it, nobody has opted in.
     */
    static boolean isSureStart(@Nullable String optOutType, String body) {
        return found(optOutType).filter(Keyword.START::equals).isPresent()
                || WORDS.get(body.strip().toUpperCase(Locale.ROOT)) == Keyword.START;
    }

    private static Keyword byItsWord(String body, Line line) {
        int from = 0;
        int until = body.length();
        while (from < until && surrounds(body.charAt(from))) {
            from++;
        }
        while (until > from && surrounds(body.charAt(until - 1))) {
            until--;
        }
        if (until - from > LONGEST) {
            return Keyword.NONE;
        }
        String word = body.substring(from, until).toUpperCase(Locale.ROOT);
        return line == Line.TOLL_FREE && word.equals(NOT_TOLL_FREE)
                ? Keyword.NONE
                : WORDS.getOrDefault(word, Keyword.NONE);
    }

    private static boolean surrounds(char sign) {
        if (sign < 128) {
            return !(sign >= 'a' && sign <= 'z' || sign >= 'A' && sign <= 'Z' || sign >= '0' && sign <= '9');
        }
        return switch (Character.getType(sign)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
