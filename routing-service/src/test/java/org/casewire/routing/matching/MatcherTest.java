package org.casewire.routing.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.casewire.events.CaseRef;
import org.casewire.events.CaseRef.Kind;
import org.casewire.events.Matching;
import org.casewire.events.SiteDocument.PhoneField;
import org.casewire.routing.matching.Facts.Holder;
import org.casewire.routing.matching.Facts.Texted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MatcherTest {

    private static final Instant NOON = Instant.parse("2026-03-01T17:00:00Z");
    private static final List<PhoneField> USUAL = List.of(PhoneField.mobile, PhoneField.home);

    private final List<Texted> texted = new ArrayList<>();
    private final List<Holder> holders = new ArrayList<>();

    private static CaseRef caseRef(String id) {
        return new CaseRef(Kind.CASE, id);
    }

    private static CaseRef intake(String id) {
        return new CaseRef(Kind.INTAKE, id);
    }

    private static Instant minute(int minute) {
        return NOON.plusSeconds(60L * minute);
    }

    private void texts(CaseRef ref, int minute) {
        texted.add(new Texted(ref, minute(minute), minute(0), false));
    }

    private void holds(CaseRef ref, PhoneField field, int minute) {
        holders.add(new Holder(ref, field, minute(minute), minute(0)));
    }

    private Filing match(Matching strategy) {
        return match(strategy, USUAL, minute(1_000));
    }

    private Filing match(Matching strategy, List<PhoneField> fields, Instant before) {
        return found(strategy, fields, before).filing();
    }

    private Match found(Matching strategy) {
        return found(strategy, USUAL, minute(1_000));
    }

    private Match found(Matching strategy, List<PhoneField> fields, Instant before) {
        return Matcher.match(
                new Search(strategy, fields, ZoneId.of("America/New_York"), before), new Facts(texted, holders));
    }

    private static String told(Candidate candidate) {
        return candidate.step() + " " + candidate.ref().id() + " " + candidate.verdict();
    }

    @ParameterizedTest
    @CsvSource({
        "MOST_RECENT_OUTBOUND, OUTBOUND, TEXTED",
        "MOST_RECENT_INTAKE, INTAKE, TAKEN-IN",
        "MOST_RECENTLY_OPENED, OPENED, OPENED"
    })
    void theFirstStepThatFindsSomethingEndsTheSearch(Matching strategy, Rule rule, String id) {
        texts(caseRef("TEXTED"), 1);
        holds(caseRef("OPENED"), PhoneField.mobile, 2);
        holds(intake("TAKEN-IN"), PhoneField.home, 3);
        Filing filing = match(strategy);
        assertThat(filing.rule()).isEqualTo(rule);
        assertThat(filing.cases()).extracting(CaseRef::id).containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource({"MOST_RECENT_OUTBOUND, OPENED", "MOST_RECENT_INTAKE, OUTBOUND", "MOST_RECENTLY_OPENED, OUTBOUND"})
    void theSecondStepFollowsWhenTheFirstFindsNothing(Matching strategy, Rule rule) {
        if (strategy != Matching.MOST_RECENT_OUTBOUND) {
            texts(new CaseRef(Kind.PRESCREEN, "1"), 1);
        }
        if (strategy != Matching.MOST_RECENTLY_OPENED) {
            holds(caseRef("2"), PhoneField.mobile, 2);
        }
        if (strategy != Matching.MOST_RECENT_INTAKE) {
            holds(intake("3"), PhoneField.mobile, 3);
        }
        assertThat(match(strategy).rule()).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"MOST_RECENT_OUTBOUND, INTAKE", "MOST_RECENT_INTAKE, OPENED", "MOST_RECENTLY_OPENED, INTAKE"})
    void theThirdStepIsTheLast(Matching strategy, Rule rule) {
        if (rule == Rule.INTAKE) {
            holds(intake("3"), PhoneField.home, 3);
        } else {
            holds(caseRef("3"), PhoneField.home, 3);
        }
        assertThat(match(strategy).rule()).isEqualTo(rule);
    }

    @ParameterizedTest
    @EnumSource(Matching.class)
    void whatNothingIsKnownOfStaysUnassigned(Matching strategy) {
        Filing filing = match(strategy);
        assertThat(filing.cases()).isEmpty();
        assertThat(filing.rule()).isEqualTo(Rule.NONE);
        assertThat(filing.explanation()).last().isEqualTo("The text stays in the received log for a person to file.");
    }

    @Test
    void aPrescreenIsFoundByWhatItSentAndNotByItsNumbers() {
        holds(new CaseRef(Kind.PRESCREEN, "P"), PhoneField.mobile, 1);
        assertThat(match(Matching.MOST_RECENT_OUTBOUND).cases()).isEmpty();
        texts(new CaseRef(Kind.PRESCREEN, "P"), 1);
        assertThat(match(Matching.MOST_RECENT_OUTBOUND).cases())
                .extracting(CaseRef::id)
                .containsExactly("P");
    }

    @Test
    void anOtherNumberCountsOnlyWhereTheSiteSaysSo() {
        holds(caseRef("1"), PhoneField.other, 1);
        assertThat(match(Matching.MOST_RECENTLY_OPENED).cases()).isEmpty();
        assertThat(match(Matching.MOST_RECENTLY_OPENED, List.of(PhoneField.other), minute(9))
                        .cases())
                .hasSize(1);
    }

    @Test
    void allIsTheUnionOfWhoTextedAndWhoHoldsTheNumberAsMobile() {
        texts(caseRef("LATE"), 5);
        texts(caseRef("EARLY"), 1);
        texts(intake("BOTH"), 2);
        holds(intake("BOTH"), PhoneField.mobile, 1);
        holds(new CaseRef(Kind.PRESCREEN, "MOBILE"), PhoneField.mobile, 1);
        holds(caseRef("HOME"), PhoneField.home, 9);
        Filing filing = match(Matching.ALL);
        assertThat(filing.rule()).isEqualTo(Rule.ALL);
        assertThat(filing.cases()).extracting(CaseRef::id).containsExactly("LATE", "BOTH", "EARLY", "MOBILE");
    }

    @Test
    void allLooksAtTheSitesFirstPhoneField() {
        holds(caseRef("MOBILE"), PhoneField.mobile, 1);
        holds(caseRef("HOME"), PhoneField.home, 1);
        List<PhoneField> homeFirst = List.of(PhoneField.home, PhoneField.mobile);
        assertThat(match(Matching.ALL, homeFirst, minute(9)).cases())
                .extracting(CaseRef::id)
                .containsExactly("HOME");
    }

    @Test
    void aTieGoesToTheLaterUpdateThenToTheGreaterId() {
        texted.add(new Texted(caseRef("9"), minute(5), minute(1), false));
        texted.add(new Texted(caseRef("1"), minute(5), minute(2), false));
        texted.add(new Texted(caseRef("2"), minute(5), minute(2), false));
        texted.add(new Texted(caseRef("99"), minute(5), null, false));
        Filing filing = match(Matching.MOST_RECENT_OUTBOUND);
        assertThat(filing.cases()).extracting(CaseRef::id).containsExactly("2");
        assertThat(filing.explanation())
                .contains(
                        "Of the same time, but its record was updated earlier: Case 9, Case 99.",
                        "Of the same time and update, and the greater id decides against: Case 1.");
    }

    @Test
    void aCaseWithoutADateComesAfterAllThatHaveOne() {
        holders.add(new Holder(caseRef("UNDATED"), PhoneField.mobile, null, minute(500)));
        assertThat(match(Matching.MOST_RECENTLY_OPENED).cases())
                .extracting(CaseRef::id)
                .containsExactly("UNDATED");
        holds(caseRef("DATED"), PhoneField.mobile, -10_000);
        assertThat(match(Matching.MOST_RECENTLY_OPENED).cases())
                .extracting(CaseRef::id)
                .containsExactly("DATED");
    }

    @Test
    void whatWasAcceptedAtOrAfterTheMomentDoesNotCount() {
        texts(caseRef("BEFORE"), 1);
        texts(caseRef("THEN"), 5);
        texts(caseRef("AFTER"), 7);
        assertThat(match(Matching.MOST_RECENT_OUTBOUND, USUAL, minute(5)).cases())
                .extracting(CaseRef::id)
                .containsExactly("BEFORE");
    }

    @Test
    void theReasonsNameTheCandidatesWithTheirTimesInTheSitesZone() {
        texts(caseRef("16E-1"), 5);
        texts(intake("7"), 1);
        assertThat(match(Matching.MOST_RECENT_OUTBOUND).explanation())
                .containsExactly(
                        "Case 16E-1 was the last to text this number, on Mar 1, 2026 at 12:05:00 PM EST.",
                        "Also looked at, but earlier: Intake 7 (Mar 1, 2026 at 12:01:00 PM EST).");
    }

    @Test
    void theReasonsSayWhatWasLookedForInVainBefore() {
        holds(intake("7"), PhoneField.home, 1);
        assertThat(match(Matching.MOST_RECENT_OUTBOUND).explanation())
                .containsExactly(
                        "No case, intake or prescreen had texted this number.",
                        "No case has this number among its mobile or home numbers.",
                        "Intake 7 is the most recent intake with this number among its mobile or home numbers"
                                + " (taken in Mar 1, 2026 at 12:01:00 PM EST).");
    }

    @Test
    void everyOneThatWasNotChosenIsToldWithTheReason() {
        texts(caseRef("LAST"), 5);
        texts(caseRef("BEFORE"), 4);
        texts(caseRef("TOO-LATE"), 2_000);
        texted.add(new Texted(caseRef("GONE"), minute(6), minute(0), true));
        holds(caseRef("NEW"), PhoneField.home, 3);
        holds(caseRef("LAST"), PhoneField.mobile, 2);
        holds(caseRef("WORK"), PhoneField.other, 4);
        holds(new CaseRef(Kind.PRESCREEN, "P"), PhoneField.mobile, 9);
        Match match = found(Matching.MOST_RECENT_OUTBOUND);
        assertThat(match.candidates().best())
                .extracting(MatcherTest::told)
                .containsExactly(
                        "OUTBOUND LAST CHOSEN",
                        "OUTBOUND BEFORE EARLIER",
                        "OUTBOUND TOO-LATE AFTER_THE_TEXT",
                        "OUTBOUND GONE GONE",
                        "OPENED NEW NOT_REACHED",
                        "OPENED LAST NOT_REACHED",
                        "OPENED WORK OTHER_FIELD",
                        "NONE P NOT_LOOKED_FOR");
        assertThat(match.candidates().total()).isEqualTo(8);
        assertThat(match.filing().explanation())
                .containsExactly(
                        "Case LAST was the last to text this number, on Mar 1, 2026 at 12:05:00 PM EST.",
                        "Also looked at, but earlier: Case BEFORE (Mar 1, 2026 at 12:04:00 PM EST).",
                        "Gone, and so no candidate: Case GONE (Mar 1, 2026 at 12:06:00 PM EST).",
                        "Texted this number only after this text came in: Case TOO-LATE"
                                + " (Mar 2, 2026 at 9:20:00 PM EST).",
                        "The search ended before it came to: Case NEW, opened Mar 1, 2026 at 12:03:00 PM EST.");
    }

    @Test
    void aNumberInAnotherFieldIsToldWhereNothingElseIsFound() {
        holds(caseRef("WORK"), PhoneField.other, 4);
        assertThat(match(Matching.MOST_RECENTLY_OPENED).explanation())
                .contains(
                        "No case has this number among its mobile or home numbers.",
                        "Not counted, for the number stands in another field: Case WORK (other).");
    }

    @Test
    void theOutcomesOfAllStrategiesAreThoseOfTheStrategiesThemselves() {
        texts(new CaseRef(Kind.PRESCREEN, "P"), 1);
        holds(caseRef("C"), PhoneField.home, 2);
        holds(intake("I"), PhoneField.mobile, 3);
        for (Matching strategy : Matching.values()) {
            Outcomes outcomes = found(strategy).outcomes();
            assertThat(outcomes)
                    .isEqualTo(new Outcomes(
                            strategy,
                            new CaseRef(Kind.PRESCREEN, "P"),
                            caseRef("C"),
                            intake("I"),
                            List.of(new CaseRef(Kind.PRESCREEN, "P"), intake("I")),
                            2));
        }
    }

    @Test
    void tenThousandCandidatesStillMakeAShortReason() {
        IntStream.range(0, 10_000).forEach(i -> holds(caseRef("C" + i), PhoneField.mobile, i));
        IntStream.range(0, 30).forEach(i -> holds(intake("I" + i), PhoneField.mobile, i));
        Match match = found(Matching.ALL);
        assertThat(match.filing().cases()).hasSize(10_030);
        assertThat(String.join(" ", match.filing().explanation()))
                .hasSizeLessThan(300)
                .contains("and 10025 more");
        assertThat(match.outcomes().allCount()).isEqualTo(10_030);
        assertThat(match.outcomes().all()).hasSize(50);
        Candidates candidates = found(Matching.MOST_RECENTLY_OPENED).candidates();
        assertThat(candidates.total()).isEqualTo(10_030);
        assertThat(candidates.best()).hasSize(50);
        assertThat(told(candidates.best().getFirst())).isEqualTo("OPENED C9999 CHOSEN");
        assertThat(told(candidates.best().getLast())).isEqualTo("INTAKE I25 NOT_REACHED");
    }

    @Test
    void moreCasesThanAnEventCanNameAreSaidToBeLeftOut() {
        String longId = "x".repeat(90);
        IntStream.range(0, 10_000).forEach(i -> holds(caseRef(longId + "%05d".formatted(i)), PhoneField.mobile, i));
        Match match = found(Matching.ALL);
        int filed = match.filing().cases().size();
        assertThat(filed).isBetween(3_000, 4_500);
        assertThat(match.filing().cases().getFirst().id()).endsWith("09999");
        assertThat(match.filing().explanation())
                .contains("They are too many: the text is on the first " + filed + ", not on the other "
                        + (10_000 - filed) + ".");
    }
}
