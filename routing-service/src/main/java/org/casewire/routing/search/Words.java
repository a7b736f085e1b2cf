package org.casewire.routing.search;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text as they are looked for: in small letters, without accents, and without what stands between them.
 * A sign that is a word by itself (an ideograph, an emoji) is one.
 */
final class Words {

    /** Nobody looks for more of one text, and an index has its bounds. */
    private static final int MOST = 2_000;

    private static final int LONGEST = 100;

    private Words() {}

    static Set<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        StringBuilder word = new StringBuilder();
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        for (int i = 0; i < plain.length() && words.size() < MOST; ) {
            int sign = plain.codePointAt(i);
            i += Character.charCount(sign);
            if (isPartOfTheSignBefore(sign)) {
                continue;
            }
            boolean alone = Character.isIdeographic(sign) || Character.getType(sign) == Character.OTHER_SYMBOL;
            if (alone || !Character.isLetterOrDigit(sign)) {
                end(word, words);
            }
            if (alone) {
                words.add(Character.toString(sign));
            } else if (Character.isLetterOrDigit(sign) && word.length() < LONGEST) {
                word.appendCodePoint(sign);
            }
        }
        end(word, words);
        return words;
    }

    /** An accent, or an apostrophe inside a word: {@code don't} is one word. */
    private static boolean isPartOfTheSignBefore(int sign) {
        return switch (Character.getType(sign)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> sign == '\'' || sign == '\u2019';
        };
    }

    private static void end(StringBuilder word, Set<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
