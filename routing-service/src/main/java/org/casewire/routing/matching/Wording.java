package org.casewire.routing.matching;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.casewire.events.CaseRef;
import org.jspecify.annotations.Nullable;

/** Says to case workers what was looked at and why it was chosen, in the site's own time. */
final class Wording {

    static final String UNASSIGNED = "The text stays in the received log for a person to file.";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MMM d, uuuu 'at' h:mm:ss a z", Locale.US);
    private static final int NAMED = 5;

    private final DateTimeFormatter time;
    private final Search search;

    Wording(Search search) {
        this.search = search;
        this.time = TIME.withZone(search.zone());
    }

    /** What a step found, what it was preferred to, and what did not count. */
    List<String> of(Step step, Ranking ranking) {
        List<String> sentences = new ArrayList<>();
        if (ranking.foundNothing()) {
            sentences.add(nothing(step, ranking));
        } else {
            sentences.add(reason(step, ranking.eligible().getFirst()));
            if (ranking.eligible().size() > 1) {
                sentences.addAll(losers(ranking.losers()));
            }
        }
        sentences.addAll(excluded(ranking.excluded()));
        return sentences;
    }

    private String reason(Step step, Candidate best) {
        String name = name(best.ref());
        return switch (step) {
            case OUTBOUND -> name + " was the last to text this number, on " + when(best.at()) + ".";
            case OPENED ->
                name + " is the most recently opened case with this number among its " + fields() + " numbers (opened "
                        + when(best.at()) + ").";
            case INTAKE ->
                name + " is the most recent intake with this number among its " + fields() + " numbers (taken in "
                        + when(best.at()) + ").";
        };
    }

    private static String nothing(Step step, Ranking ranking, String fields) {
        String counting = ranking.excluded().isEmpty() ? "" : " that counts";
        return switch (step) {
            case OUTBOUND -> "No case, intake or prescreen" + counting + " had texted this number.";
            case OPENED -> "No case has this number among its " + fields + " numbers.";
            case INTAKE -> "No intake has this number among its " + fields + " numbers.";
        };
    }

    private String nothing(Step step, Ranking ranking) {
        return nothing(step, ranking, fields());
    }

    private List<String> losers(List<Candidate> losers) {
        List<String> sentences = new ArrayList<>();
        say(sentences, "Also looked at, but earlier: ", of(losers, Verdict.EARLIER, Verdict.UNDATED), this::withTime);
        say(
                sentences,
                "Of the same time, but its record was updated earlier: ",
                of(losers, Verdict.UPDATED_EARLIER, Verdict.UPDATED_EARLIER),
                one -> name(one.ref()));
        say(
                sentences,
                "Of the same time and update, and the greater id decides against: ",
                of(losers, Verdict.SMALLER_ID, Verdict.SMALLER_ID),
                one -> name(one.ref()));
        return sentences;
    }

    private List<String> excluded(List<Candidate> excluded) {
        List<String> sentences = new ArrayList<>();
        if (!excluded.isEmpty()) {
            say(sentences, "Gone, and so no candidate: ", of(excluded, Verdict.GONE, Verdict.GONE), this::withTime);
            say(
                    sentences,
                    "Texted this number only after this text came in: ",
                    of(excluded, Verdict.AFTER_THE_TEXT, Verdict.AFTER_THE_TEXT),
                    this::withTime);
            say(
                    sentences,
                    "Not counted, for the number stands in another field: ",
                    of(excluded, Verdict.OTHER_FIELD, Verdict.OTHER_FIELD),
                    one -> name(one.ref()) + " (" + one.field() + ")");
        }
        return sentences;
    }

    /** Which cases a step that nobody got to would have looked at, but for the chosen one. */
    List<String> notReached(List<List<Candidate>> steps, CaseRef chosen) {
        List<Candidate> missed = steps.stream()
                .flatMap(step -> of(step, Verdict.NOT_REACHED, Verdict.NOT_REACHED).stream())
                .filter(candidate -> !candidate.ref().equals(chosen))
                .toList();
        List<String> sentences = new ArrayList<>();
        say(sentences, "The search ended before it came to: ", missed, one -> name(one.ref()) + ", " + event(one));
        return sentences;
    }

    private String event(Candidate candidate) {
        return switch (candidate.step()) {
            case OUTBOUND -> "texted " + when(candidate.at());
            case OPENED -> "opened " + when(candidate.at());
            case INTAKE -> "taken in " + when(candidate.at());
            case ALL, NONE -> when(candidate.at());
        };
    }

    private static List<Candidate> of(List<Candidate> candidates, Verdict one, Verdict orOther) {
        return candidates.stream()
                .filter(candidate -> candidate.verdict() == one || candidate.verdict() == orOther)
                .toList();
    }

    private void say(
            List<String> sentences, String beginning, List<Candidate> candidates, Function<Candidate, String> words) {
        if (!candidates.isEmpty()) {
            sentences.add(beginning + listed(candidates, words) + ".");
        }
    }

    List<String> all(Rankings looked, Matcher.Union union) {
        List<String> sentences = new ArrayList<>();
        if (union.cases().isEmpty()) {
            sentences.add("No case, intake or prescreen had texted this number or has it as its " + textingField()
                    + " number.");
        }
        say(sentences, "Texted this number: ", looked.outbound().eligible(), this::withTime);
        say(
                sentences,
                "Have it as their " + textingField() + " number: ",
                looked.texting().eligible(),
                one -> name(one.ref()));
        if (!union.cases().isEmpty()) {
            sentences.add("The site files a text on all of these.");
        }
        if (union.leftOut() > 0) {
            sentences.add("They are too many: the text is on the first "
                    + union.cases().size() + ", not on the other " + union.leftOut() + ".");
        }
        sentences.addAll(excluded(looked.outbound().excluded()));
        sentences.addAll(excluded(looked.texting().excluded()));
        if (union.cases().isEmpty()) {
            sentences.add(UNASSIGNED);
        }
        return sentences;
    }

    private static String listed(List<Candidate> candidates, Function<Candidate, String> words) {
        String named = candidates.stream().limit(NAMED).map(words).collect(Collectors.joining(", "));
        int more = candidates.size() - NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private String withTime(Candidate candidate) {
        return name(candidate.ref()) + " (" + when(candidate.at()) + ")";
    }

    private static String name(CaseRef ref) {
        String kind = switch (ref.kind()) {
            case CASE -> "Case ";
            case INTAKE -> "Intake ";
            case PRESCREEN -> "Prescreen ";
        };
        return kind + ref.id();
    }

    private String when(@Nullable Instant at) {
        return at == null ? "no date given" : time.format(at);
    }

    private String fields() {
        return search.phoneFields().isEmpty()
                ? "texting"
                : search.phoneFields().stream().map(Enum::name).collect(Collectors.joining(" or "));
    }

    private String textingField() {
        return search.phoneFields().isEmpty()
                ? "texting"
                : search.phoneFields().getFirst().name();
    }
}
