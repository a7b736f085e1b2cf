package org.casewire.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders: {@code {name}} of letters, digits, {@code _} and {@code -}. Two braces of a kind stand for
 * one that is meant as such; any other brace stands for itself. Values are put in as they are and never read again.
 */
public record Template(String text) {

    private static final Pattern TOKEN = Pattern.compile("\\{\\{|}}|\\{([\\p{L}\\p{N}_-]+)}");

    /** The names of the values it needs, in their order, each once. */
    public List<String> placeholders() {
        return TOKEN.matcher(text)
                .results()
                .map(token -> token.group(1))
                .filter(name -> name != null)
                .distinct()
                .toList();
    }

    /** The placeholders without a value. */
    public List<String> missing(Map<String, String> values) {
        return placeholders().stream().filter(name -> values.get(name) == null).toList();
    }

    /** The text with the values in their places. */
    public String filled(Map<String, String> values) {
        return TOKEN.matcher(text).replaceAll(token -> Matcher.quoteReplacement(written(token, values)));
    }

    private static String written(MatchResult token, Map<String, String> values) {
        @Nullable String name = token.group(1);
        return name == null ? token.group().substring(1) : values.getOrDefault(name, token.group());
    }

    /** What is wrong with the text itself; empty when nothing is. */
    public List<String> problems(int maxLength) {
        List<String> problems = new ArrayList<>();
        int length = text.codePointCount(0, text.length());
        if (text.isBlank()) {
            problems.add("text is blank; say what the entry is to say");
        }
        if (length > maxLength) {
            problems.add("text has %d characters; a quick entry has at most %d".formatted(length, maxLength));
        }
        if (text.indexOf(0) >= 0 || text.codePoints().anyMatch(Template::isHalfAPair)) {
            problems.add("text holds a character that is none (U+0000 or half of a pair)");
        }
        return problems;
    }

    private static boolean isHalfAPair(int point) {
        return Character.getType(point) == Character.SURROGATE;
    }
}
