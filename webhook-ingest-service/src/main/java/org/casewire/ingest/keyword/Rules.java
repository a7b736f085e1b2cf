package org.casewire.ingest.keyword;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.casewire.ingest.keyword.Words.Word;

/** The rules of one language, read from their file once; how they are written stands at the head of {@code en.rules}. */
final class Rules {

    private static final Pattern CLASS = Pattern.compile("(\\[\\w+])\\s*=\\s*(.+)");
    private static final Pattern PHRASE = Pattern.compile("(all )?(-?\\d+):?\\s*:?\\s*(.+)");
    private static final Pattern JOIN = Pattern.compile("join (.+?)\\s*=\\s*(\\w+)");

    private final Set<String> dropped = new HashSet<>();
    private final List<Join> joins = new ArrayList<>();
    private final Map<String, Set<String>> classes = new HashMap<>();
    private final Map<String, List<Phrase>> byBeginning = new HashMap<>();
    private final List<Phrase> others = new ArrayList<>();
    private final Set<String> vocabulary = new HashSet<>();

    private record Join(List<String> words, String joined) {}

    /** @throws IllegalStateException naming the line that cannot be understood */
    static Rules read(String resource) {
        Rules rules = new Rules();
        try (InputStream file = Rules.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("there is no " + resource + " on the class path");
            }
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(rules::take);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return rules;
    }

    private void take(String line) {
        Matcher aClass = CLASS.matcher(line);
        Matcher join = JOIN.matcher(line);
        Matcher phrase = PHRASE.matcher(line);
        if (line.startsWith("drop ")) {
            dropped.addAll(words(line.substring("drop ".length())));
            vocabulary.addAll(dropped);
        } else if (join.matches()) {
            joins.add(new Join(words(join.group(1)), join.group(2)));
            vocabulary.addAll(words(join.group(1)));
        } else if (aClass.matches()) {
            classes.put(aClass.group(1), new LinkedHashSet<>(words(aClass.group(2))));
        } else if (phrase.matches()) {
            add(Phrase.of(Integer.parseInt(phrase.group(2)), phrase.group(1) != null, phrase.group(3), classes));
        } else {
            throw new IllegalStateException("this line is no rule: " + line);
        }
    }

    private static List<String> words(String written) {
        return List.of(written.strip().split("\\s+"));
    }

    private void add(Phrase phrase) {
        vocabulary.addAll(phrase.vocabulary());
        Set<String> beginnings = phrase.beginnings();
        beginnings.forEach(word ->
                byBeginning.computeIfAbsent(word, first -> new ArrayList<>()).add(phrase));
        if (beginnings.isEmpty()) {
            others.add(phrase);
        }
    }

    /** How strongly a text asks not to be texted again. */
    int weigh(String body) {
        List<Word> text = reduced(Words.of(body, vocabulary::contains));
        int everywhere = 0;
        int heaviest = 0;
        int at = 0;
        while (at < text.size()) {
            int end = at + 1;
            while (end < text.size() && !text.get(end).first()) {
                end++;
            }
            Weight clause = weigh(text, at, end);
            everywhere += clause.everywhere();
            heaviest = Math.max(heaviest, clause.ofClause());
            at = end;
        }
        return heaviest + everywhere;
    }

    private record Weight(int ofClause, int everywhere) {}

    private Weight weigh(List<Word> text, int from, int until) {
        Set<Phrase> found = new HashSet<>();
        for (int at = from; at < until; at++) {
            collect(others, text, at, found);
            collect(byBeginning.getOrDefault(text.get(at).text(), List.of()), text, at, found);
        }
        int heaviest = 0;
        int against = 0;
        int everywhere = 0;
        for (Phrase phrase : found) {
            if (phrase.everywhere()) {
                everywhere += phrase.weight();
            } else if (phrase.weight() < 0) {
                against += phrase.weight();
            } else {
                heaviest = Math.max(heaviest, phrase.weight());
            }
        }
        return new Weight(heaviest + against, everywhere);
    }

    private static void collect(List<Phrase> phrases, List<Word> text, int at, Set<Phrase> found) {
        for (Phrase phrase : phrases) {
            if (phrase.matches(text, at)) {
                found.add(phrase);
            }
        }
    }

    private List<Word> reduced(List<Word> words) {
        List<Word> result = withoutDropped(words);
        for (Join join : joins) {
            result = joined(result, join);
        }
        return withoutDropped(result);
    }

    private List<Word> withoutDropped(List<Word> words) {
        List<Word> result = new ArrayList<>(words.size());
        boolean starts = false;
        for (Word word : words) {
            starts |= word.first();
            if (!dropped.contains(word.text())) {
                result.add(word.startingClause(starts));
                starts = false;
            }
        }
        return result;
    }

    private static List<Word> joined(List<Word> words, Join join) {
        List<Word> result = new ArrayList<>(words.size());
        int at = 0;
        while (at < words.size()) {
            boolean stands = stands(words, at, join.words());
            result.add(stands ? words.get(at).saying(join.joined()) : words.get(at));
            at += stands ? join.words().size() : 1;
        }
        return result;
    }

    private static boolean stands(List<Word> words, int at, List<String> wanted) {
        if (at + wanted.size() > words.size()) {
            return false;
        }
        for (int next = 0; next < wanted.size(); next++) {
            Word word = words.get(at + next);
            if (!word.text().equals(wanted.get(next)) || next > 0 && word.first()) {
                return false;
            }
        }
        return true;
    }
}
