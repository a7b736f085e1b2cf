package org.casewire.routing.search;

import java.util.List;
import java.util.stream.Collectors;
import org.casewire.routing.list.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What texts are looked for by: all of the words, the last one perhaps unfinished.
 *
 * @param tsquery as PostgreSQL reads it
 */
public record TextQuery(String tsquery) {

    private static final int MOST_WORDS = 20;

    /** @throws org.casewire.events.access.Problem when there is nothing to look for */
    public static @Nullable TextQuery of(String site, @Nullable String written) {
        if (written == null || written.isBlank()) {
            return null;
        }
        List<String> words = List.copyOf(Words.of(written));
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            throw Parameters.invalid("text must hold 1 to " + MOST_WORDS + " words.");
        }
        return new TextQuery("'" + siteWord(site) + "' & "
                + words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" & ")) + ":*");
    }

    /** What an index of all sites tells their texts apart by; no text has such a word. */
    static String siteWord(String site) {
        return "@" + site;
    }

    /** The words of a text, as the index takes them: parted by blanks. */
    public static String wordsOf(String site, String text) {
        return (siteWord(site) + " " + String.join(" ", Words.of(text))).strip();
    }

    /** It is put into statements by its value. */
    @Override
    public String toString() {
        return tsquery;
    }
}
