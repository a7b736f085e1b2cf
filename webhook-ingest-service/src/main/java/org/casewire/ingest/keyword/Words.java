package org.casewire.ingest.keyword;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A text as words: without case, accents, apostrophes and emoji, in clauses, and with the usual slips put right. */
final class Words {

    private static final Pattern ACCENTS = Pattern.compile("\\p{Mn}+");
    private static final int FEWEST_SPELT = 3;
    private static final int MOST_SPELT = 12;

    private Words() {}

    /**
     * One word.
     *
     * @param capital whether it was written with a capital letter inside a clause
     * @param first whether it begins a clause
     */
    record Word(String text, boolean capital, boolean first) {

        Word startingClause(boolean starts) {
            return starts == first ? this : new Word(text, capital, starts);
        }

        Word saying(String other) {
            return new Word(other, capital, first);
        }
    }

    /** @param known whether the rules know a word: a slip is put right only when that makes it one they know */
    static List<Word> of(String body, Predicate<String> known) {
        String plain = ACCENTS.matcher(Normalizer.normalize(body, Normalizer.Form.NFKD))
                .replaceAll("");
        List<Word> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean starts = true;
        for (int at = 0; at <= plain.length(); at++) {
            char sign = at == plain.length() ? '\n' : plain.charAt(at);
            if (Character.isLetterOrDigit(sign)) {
                word.append(sign);
            } else if (!isApostrophe(sign)) {
                starts = end(word, starts, words, known);
                starts |= endsClause(sign, plain, at);
            }
        }
        return spelt(words, known);
    }

    private static boolean end(StringBuilder word, boolean starts, List<Word> words, Predicate<String> known) {
        if (word.isEmpty()) {
            return starts;
        }
        String written = word.toString();
        word.setLength(0);
        boolean capital = !starts && Character.isUpperCase(written.charAt(0));
        words.add(new Word(righted(written.toLowerCase(java.util.Locale.ROOT), known), capital, starts));
        return false;
    }

    private static boolean isApostrophe(char sign) {
        return switch (sign) {
            case '\'', '’', '‘', '´', '`', 'ʼ', '\u200d', '\ufe0f' -> true;
            default -> false;
        };
    }

    /** A dash within a word joins two words; one between spaces parts two clauses. */
    private static boolean endsClause(char sign, String plain, int at) {
        return switch (sign) {
            case '.', '!', '?', ';', ',', ':', '\n', '\r', '(', ')', '"', '“', '”', '…', '¿', '¡' -> true;
            case '-', '–', '—' -> at > 0 && plain.charAt(at - 1) == ' ';
            default -> false;
        };
    }

    /** Stoppp, st0p. */
    private static String righted(String word, Predicate<String> known) {
        if (known.test(word)) {
            return word;
        }
        for (String guess : List.of(shortened(word, 1), shortened(word, 2), withoutDigits(word))) {
            if (known.test(guess)) {
                return guess;
            }
        }
        return word;
    }

    /** Runs of three and more letters cut to {@code most}. */
    private static String shortened(String word, int most) {
        StringBuilder result = new StringBuilder(word.length());
        int from = 0;
        for (int at = 1; at <= word.length(); at++) {
            if (at == word.length() || word.charAt(at) != word.charAt(from)) {
                result.append(word, from, at - from >= 3 ? from + most : at);
                from = at;
            }
        }
        return result.toString();
    }

    private static String withoutDigits(String word) {
        return word.replace('0', 'o').replace('1', 'i').replace('5', 's').replace('3', 'e');
    }

    /** S T O P and s.t.o.p are one word. */
    private static List<Word> spelt(List<Word> words, Predicate<String> known) {
        List<Word> result = new ArrayList<>(words.size());
        int at = 0;
        while (at < words.size()) {
            int end = at;
            StringBuilder joined = new StringBuilder();
            while (end < words.size()
                    && end - at < MOST_SPELT
                    && words.get(end).text().length() == 1) {
                joined.append(words.get(end++).text());
            }
            boolean isWord = joined.length() >= FEWEST_SPELT && known.test(joined.toString());
            result.add(isWord ? words.get(at).saying(joined.toString()) : words.get(at));
            at = isWord ? end : at + 1;
        }
        return result;
    }
}
