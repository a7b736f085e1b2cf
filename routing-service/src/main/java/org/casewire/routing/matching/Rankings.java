package org.casewire.routing.matching;

import java.util.ArrayList;
import java.util.List;
import org.casewire.events.CaseRef.Kind;

/**
 * Everything that can be looked at for a reply.
 *
 * @param texting the holders of the number in the site's first phone field, of every kind
 */
record Rankings(Ranking outbound, Ranking opened, Ranking intake, Ranking texting) {

    static Rankings of(Search search, Facts facts) {
        List<Candidate> opened = new ArrayList<>();
        List<Candidate> intake = new ArrayList<>();
        List<Candidate> texting = new ArrayList<>();
        for (Facts.Holder holder : facts.holders()) {
            Verdict byField = search.phoneFields().contains(holder.field()) ? Verdict.CHOSEN : Verdict.OTHER_FIELD;
            switch (holder.ref().kind()) {
                case CASE -> opened.add(Candidate.of(holder, Rule.OPENED, byField));
                case INTAKE -> intake.add(Candidate.of(holder, Rule.INTAKE, byField));
                case PRESCREEN -> {}
            }
            texting.add(Candidate.of(
                    holder, Rule.ALL, search.isTexting(holder.field()) ? Verdict.CHOSEN : Verdict.OTHER_FIELD));
        }
        return new Rankings(
                Ranking.of(texted(search, facts)), Ranking.of(opened), Ranking.of(intake), Ranking.of(texting));
    }

    private static List<Candidate> texted(Search search, Facts facts) {
        List<Candidate> texted = new ArrayList<>(facts.texted().size());
        for (Facts.Texted one : facts.texted()) {
            Verdict byTime = one.acceptedAt().isBefore(search.before()) ? Verdict.CHOSEN : Verdict.AFTER_THE_TEXT;
            texted.add(Candidate.of(one, one.gone() ? Verdict.GONE : byTime));
        }
        return texted;
    }

    Ranking of(Step step) {
        return switch (step) {
            case OUTBOUND -> outbound;
            case OPENED -> opened;
            case INTAKE -> intake;
        };
    }

    /** Prescreens that hold the number: no step looks for them. */
    List<Candidate> notLookedFor() {
        List<Candidate> prescreens = new ArrayList<>();
        for (List<Candidate> part : List.of(texting.eligible(), texting.excluded())) {
            part.stream()
                    .filter(one -> one.ref().kind() == Kind.PRESCREEN)
                    .map(one -> new Candidate(
                            one.ref(), Rule.NONE, one.at(), one.updatedAt(), one.field(), Verdict.NOT_LOOKED_FOR))
                    .forEach(prescreens::add);
        }
        return prescreens;
    }
}
