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

    List<String> chosen(Step step, List<Candidate> candidates) {
        Candidate best = candidates.getFirst();
        List<Candidate> others = candidates.subList(1, candidates.size());
        List<String> sentences = new ArrayList<>();
        sentences.add(reason(step, best));
        if (!others.isEmpty()) {
            sentences.add("Also looked at, but earlier: " + listed(others, this::withTime) + ".");
        }
        if (!others.isEmpty() && best.tiesWith(others.getFirst())) {
            sentences.add("Where times are equal, the case updated later counts, then the greater id.");
        }
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

    String nothing(Step step) {
        return switch (step) {
            case OUTBOUND -> "No case, intake or prescreen had texted this number.";
            case OPENED -> "No case has this number among its " + fields() + " numbers.";
            case INTAKE -> "No intake has this number among its " + fields() + " numbers.";
        };
    }

    List<String> all(List<Candidate> texted, List<Candidate> holding) {
        List<String> sentences = new ArrayList<>();
        if (!texted.isEmpty()) {
            sentences.add("Texted this number: " + listed(texted, this::withTime) + ".");
        }
        if (!holding.isEmpty()) {
            sentences.add("Have it as their " + textingField() + " number: "
                    + listed(holding, candidate -> name(candidate.ref())) + ".");
        }
        sentences.add("The site files a text on all of these.");
        return sentences;
    }

    String nothingAtAll() {
        return "No case, intake or prescreen had texted this number or has it as its " + textingField() + " number.";
    }

    private String listed(List<Candidate> candidates, Function<Candidate, String> words) {
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
        return search.phoneFields().stream().map(Enum::name).collect(Collectors.joining(" or "));
    }

    private String textingField() {
        return search.phoneFields().isEmpty()
                ? "texting"
                : search.phoneFields().getFirst().name();
    }
}
