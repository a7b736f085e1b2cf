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
        texted.add(new Texted(ref, minute(minute), minute(0)));
    }

    private void holds(CaseRef ref, PhoneField field, int minute) {
        holders.add(new Holder(ref, field, minute(minute), minute(0)));
    }

    private Filing match(Matching strategy) {
        return match(strategy, USUAL, minute(1_000));
    }

    private Filing match(Matching strategy, List<PhoneField> fields, Instant before) {
        return Matcher.match(
                new Search(strategy, fields, ZoneId.of("America/New_York"), before), new Facts(texted, holders));
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
        texted.add(new Texted(caseRef("9"), minute(5), minute(1)));
        texted.add(new Texted(caseRef("1"), minute(5), minute(2)));
        texted.add(new Texted(caseRef("2"), minute(5), minute(2)));
        texted.add(new Texted(caseRef("99"), minute(5), null));
        Filing filing = match(Matching.MOST_RECENT_OUTBOUND);
        assertThat(filing.cases()).extracting(CaseRef::id).containsExactly("2");
        assertThat(filing.explanation()).anySatisfy(line -> assertThat(line).contains("the greater id"));
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
    void tenThousandCandidatesStillMakeAShortReason() {
        IntStream.range(0, 10_000).forEach(i -> holds(caseRef("C" + i), PhoneField.mobile, i));
        Filing filing = match(Matching.ALL);
        assertThat(filing.cases()).hasSize(10_000);
        assertThat(String.join(" ", filing.explanation())).hasSizeLessThan(300).contains("and 9995 more");
    }
}
