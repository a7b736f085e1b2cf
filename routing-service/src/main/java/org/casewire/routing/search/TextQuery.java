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
    public static @Nullable TextQuery of(@Nullable String written) {
        if (written == null || written.isBlank()) {
            return null;
        }
        List<String> words = List.copyOf(Words.of(written));
        if (words.isEmpty() || words.size() > MOST_WORDS) {
            throw Parameters.invalid("text must hold 1 to " + MOST_WORDS + " words.");
        }
        return new TextQuery(words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" & ")) + ":*");
    }

    /** The words of a text, as the index takes them: parted by blanks. */
    static String wordsOf(String text) {
        return String.join(" ", Words.of(text));
    }

    /** It is put into statements by its value. */
    @Override
    public String toString() {
        return tsquery;
    }
}
