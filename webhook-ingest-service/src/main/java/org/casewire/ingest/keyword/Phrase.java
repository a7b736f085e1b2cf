package org.casewire.ingest.keyword;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.ingest.keyword.Words.Word;

/**
 * Words in an order that means something.
 *
 * @param everywhere whether it weighs on the whole text or on its own clause
 */
record Phrase(int weight, boolean everywhere, List<Element> elements) {

    /** What a phrase is made of. */
    sealed interface Element {

        /** One of some words. */
        record OneOf(Set<String> words, boolean optional) implements Element {}

        /** A word with a capital letter. */
        record Name() implements Element {}

        /** Up to so many words of any kind. */
        record Gap(int most) implements Element {}

        /** Begin or end of a clause, or of the whole text. */
        record Edge(boolean begin, boolean whole) implements Element {}
    }

    static Phrase of(int weight, boolean everywhere, String written, Map<String, Set<String>> classes) {
        List<Element> elements = new ArrayList<>();
        for (String part : written.strip().split("\\s+")) {
            elements.add(element(part, classes));
        }
        return new Phrase(weight, everywhere, List.copyOf(elements));
    }

    private static Element element(String part, Map<String, Set<String>> classes) {
        return switch (part) {
            case "<" -> new Element.Edge(true, false);
            case ">" -> new Element.Edge(false, false);
            case "<<" -> new Element.Edge(true, true);
            case ">>" -> new Element.Edge(false, true);
            case "Name" -> new Element.Name();
            default ->
                part.startsWith("..")
                        ? new Element.Gap(Integer.parseInt(part.substring(2)))
                        : words(part, part.endsWith("?"), classes);
        };
    }

    private static Element words(String part, boolean optional, Map<String, Set<String>> classes) {
        if (part.startsWith("(") != (part.endsWith(")") || part.endsWith(")?"))) {
            throw new IllegalArgumentException("words in brackets hold no space: " + part);
        }
        String names = part.replaceAll("[()?]", "");
        Set<String> words = new HashSet<>();
        for (String name : names.split("\\|")) {
            if (name.startsWith("[")) {
                Set<String> known = classes.get(name);
                if (known == null) {
                    throw new IllegalArgumentException("there is no class " + name);
                }
                words.addAll(known);
            } else {
                words.add(name);
            }
        }
        return new Element.OneOf(Set.copyOf(words), optional);
    }

    /** All words it knows. */
    Set<String> vocabulary() {
        Set<String> all = new HashSet<>();
        elements.forEach(element -> {
            if (element instanceof Element.OneOf(Set<String> words, boolean optional)) {
                all.addAll(words);
            }
        });
        return all;
    }

    /** The words it can begin with; empty when it can begin with any. */
    Set<String> beginnings() {
        for (Element element : elements) {
            switch (element) {
                case Element.Edge edge -> {}
                case Element.OneOf(Set<String> words, boolean optional) -> {
                    return optional ? Set.of() : words;
                }
                case Element.Gap gap -> {
                    return Set.of();
                }
                case Element.Name name -> {
                    return Set.of();
                }
            }
        }
        return Set.of();
    }

    /** Whether it stands in the text, from this word on. */
    boolean matches(List<Word> text, int from) {
        return matches(text, from, from, 0);
    }

    private boolean matches(List<Word> text, int from, int at, int next) {
        if (next == elements.size()) {
            return true;
        }
        return switch (elements.get(next)) {
            case Element.Edge edge -> isEdge(text, at, edge) && matches(text, from, at, next + 1);
            case Element.OneOf(Set<String> words, boolean optional) ->
                isInside(text, from, at) && words.contains(text.get(at).text()) && matches(text, from, at + 1, next + 1)
                        || optional && matches(text, from, at, next + 1);
            case Element.Name name ->
                isInside(text, from, at) && text.get(at).capital() && matches(text, from, at + 1, next + 1);
            case Element.Gap(int most) -> matchesAfterGap(text, from, at, next, most);
        };
    }

    private boolean matchesAfterGap(List<Word> text, int from, int at, int next, int most) {
        for (int skipped = 0; skipped <= most; skipped++) {
            if (matches(text, from, at + skipped, next + 1)) {
                return true;
            }
            if (!isInside(text, from, at + skipped)) {
                return false;
            }
        }
        return false;
    }

    /** Whether there is a word that belongs to the clause the phrase began in. */
    private static boolean isInside(List<Word> text, int from, int at) {
        return at < text.size() && (at == from || !text.get(at).first());
    }

    private static boolean isEdge(List<Word> text, int at, Element.Edge edge) {
        if (edge.begin()) {
            return edge.whole() ? at == 0 : at < text.size() && text.get(at).first();
        }
        return at == text.size() || !edge.whole() && text.get(at).first();
    }
}
