package org.casewire.outbound.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SiteDocument.ConsentPolicy;
import org.casewire.outbound.message.Message.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConsentTest {

    private static final Conversation PERSON = new Conversation("demo", "+14045387319");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Consent consent = Consent.unknown(PERSON);

    private Outcome hear(State state, Source source, int minute, String... categories) {
        Statement said = new Statement(
                PERSON,
                state,
                source,
                List.of(categories),
                new Evidence(null, "minute " + minute, null, null),
                NOW.plusSeconds(60L * minute),
                "trace");
        return consent.hear(said, NOW.plusSeconds(3_600));
    }

    private State state() {
        return consent.standing().state();
    }

    @Test
    void nothingIsInForceBeforeAnythingWasSaid() {
        assertThat(consent.standing()).isNull();
    }

    @Test
    void whatIsSaidLaterIsInForce() {
        hear(State.OPTED_IN, Source.STAFF, 1);
        assertThat(hear(State.OPTED_OUT, Source.UPSTREAM, 2)).isEqualTo(Outcome.MOVED);
        assertThat(hear(State.OPTED_IN, Source.IMPORT, 3)).isEqualTo(Outcome.MOVED);
        assertThat(state()).isEqualTo(State.OPTED_IN);
    }

    @Test
    void anOlderStatementMovesNothing() {
        hear(State.OPTED_IN, Source.KEYWORD, 2);
        assertThat(hear(State.OPTED_OUT, Source.KEYWORD, 1)).isEqualTo(Outcome.OLDER);
        assertThat(state()).isEqualTo(State.OPTED_IN);
    }

    @ParameterizedTest
    @CsvSource({"OPTED_OUT,OPTED_IN", "OPTED_IN,OPTED_OUT"})
    void ofTwoStatementsOfOneMomentTheOptOutHoldsWhicheverComesFirst(State first, State second) {
        hear(first, Source.KEYWORD, 1);
        hear(second, Source.KEYWORD, 1);
        assertThat(state()).isEqualTo(State.OPTED_OUT);
    }

    @Test
    void aClockThatIsAheadDoesNotOutlastTheNextWord() {
        hear(State.OPTED_IN, Source.UPSTREAM, 60 * 24 * 365);
        Statement stop = new Statement(
                PERSON, State.OPTED_OUT, Source.KEYWORD, List.of(), null, NOW.plusSeconds(3_700), "trace");
        assertThat(consent.hear(stop, NOW.plusSeconds(3_701))).isEqualTo(Outcome.MOVED);
    }

    @ParameterizedTest
    @CsvSource({
        "KEYWORD,STAFF,NOT_THEIRS_TO_UNDO",
        "KEYWORD,UPSTREAM,NOT_THEIRS_TO_UNDO",
        "KEYWORD,IMPORT,NOT_THEIRS_TO_UNDO",
        "PLAIN_LANGUAGE,STAFF,NOT_THEIRS_TO_UNDO",
        "TWILIO_BLOCK,UPSTREAM,NOT_THEIRS_TO_UNDO",
        "KEYWORD,KEYWORD,MOVED",
        "PLAIN_LANGUAGE,KEYWORD,MOVED",
        "TWILIO_BLOCK,WEB_FORM,MOVED",
        "STAFF,STAFF,MOVED",
        "UPSTREAM,STAFF,MOVED",
        "IMPORT,UPSTREAM,MOVED",
        "WEB_FORM,STAFF,MOVED",
    })
    void whatThePersonSaidOnlyThePersonUndoes(Source optedOutBy, Source optedInBy, Outcome outcome) {
        hear(State.OPTED_OUT, optedOutBy, 1);
        assertThat(hear(State.OPTED_IN, optedInBy, 2)).isEqualTo(outcome);
        assertThat(state()).isEqualTo(outcome == Outcome.MOVED ? State.OPTED_IN : State.OPTED_OUT);
    }

    @Test
    void pendingWouldUndoAnOptOutJustAsWell() {
        hear(State.OPTED_OUT, Source.KEYWORD, 1);
        assertThat(hear(State.PENDING, Source.STAFF, 2)).isEqualTo(Outcome.NOT_THEIRS_TO_UNDO);
        assertThat(hear(State.PENDING, Source.WEB_FORM, 3)).isEqualTo(Outcome.MOVED);
    }

    @ParameterizedTest
    @EnumSource(names = {"STAFF", "UPSTREAM", "IMPORT", "TWILIO_BLOCK", "WEB_FORM"})
    void anOptOutOfOthersDoesNotLoosenThePersonsOwn(Source source) {
        hear(State.OPTED_OUT, Source.KEYWORD, 1);
        assertThat(hear(State.OPTED_OUT, source, 2)).isEqualTo(Outcome.SAID_BEFORE);
        assertThat(hear(State.OPTED_IN, Source.STAFF, 3)).isEqualTo(Outcome.NOT_THEIRS_TO_UNDO);
    }

    @Test
    void theFormerStateHoldsUntilSomebodyDecides() {
        hear(State.OPTED_IN, Source.STAFF, 1);
        assertThat(hear(State.NEEDS_REVIEW, Source.PLAIN_LANGUAGE, 2)).isEqualTo(Outcome.REVIEW);
        assertThat(state()).isEqualTo(State.OPTED_IN);
        assertThat(consent.review()).isNotNull();
        hear(State.OPTED_IN, Source.STAFF, 3);
        assertThat(consent.review()).isNull();
    }

    @Test
    void whatWasSaidBeforeTheUnclearWordsDecidesNothing() {
        hear(State.NEEDS_REVIEW, Source.PLAIN_LANGUAGE, 5);
        assertThat(hear(State.OPTED_IN, Source.UPSTREAM, 4)).isEqualTo(Outcome.MOVED);
        assertThat(consent.review()).isNotNull();
        assertThat(hear(State.NEEDS_REVIEW, Source.PLAIN_LANGUAGE, 3)).isEqualTo(Outcome.OLDER);
    }

    @Test
    void whoOptedOutNeedsNoReview() {
        hear(State.OPTED_OUT, Source.STAFF, 1);
        assertThat(hear(State.NEEDS_REVIEW, Source.PLAIN_LANGUAGE, 2)).isEqualTo(Outcome.SAID_BEFORE);
        assertThat(consent.review()).isNull();
    }

    @Test
    void startCompletesTheFormAndKeepsItsCategories() {
        hear(State.PENDING, Source.WEB_FORM, 1, "REMINDERS");
        hear(State.OPTED_IN, Source.KEYWORD, 2);
        assertThat(state()).isEqualTo(State.OPTED_IN);
        assertThat(consent.categories()).containsExactly("REMINDERS");
    }

    @Test
    void whoHasOptedInChangesOnlyTheCategoriesByTheForm() {
        hear(State.OPTED_IN, Source.KEYWORD, 1, "NOTICES");
        assertThat(hear(State.PENDING, Source.WEB_FORM, 2, "REMINDERS")).isEqualTo(Outcome.AGREED_AGAIN);
        assertThat(state()).isEqualTo(State.OPTED_IN);
        assertThat(consent.categories()).containsExactly("REMINDERS");
    }

    @Test
    void aDoubleOptInIsPendingUntilStart() {
        hear(State.OPTED_IN, Source.UPSTREAM, 1);
        assertThat(consent.standing().under(ConsentPolicy.DOUBLE_OPT_IN)).isEqualTo(State.PENDING);
        assertThat(consent.standing().under(ConsentPolicy.RECORDED)).isEqualTo(State.OPTED_IN);
        hear(State.OPTED_IN, Source.KEYWORD, 2);
        assertThat(consent.standing().under(ConsentPolicy.DOUBLE_OPT_IN)).isEqualTo(State.OPTED_IN);
        hear(State.OPTED_IN, Source.STAFF, 3);
        assertThat(consent.standing().under(ConsentPolicy.DOUBLE_OPT_IN))
                .as("what was confirmed stays confirmed")
                .isEqualTo(State.OPTED_IN);
        hear(State.OPTED_OUT, Source.STAFF, 4);
        hear(State.OPTED_IN, Source.STAFF, 5);
        assertThat(consent.standing().under(ConsentPolicy.DOUBLE_OPT_IN)).isEqualTo(State.PENDING);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "IMPLIED,CONVERSATION,CLIENT,-,KEYWORD,-",
                "IMPLIED,REMINDER,CLIENT,PENDING,WEB_FORM,-",
                "IMPLIED,REMINDER,CLIENT,OPTED_OUT,STAFF,OPTED_OUT",
                "RECORDED,CONVERSATION,CLIENT,-,KEYWORD,CONSENT_MISSING",
                "RECORDED,CONVERSATION,CLIENT,PENDING,WEB_FORM,CONSENT_MISSING",
                "RECORDED,CONVERSATION,CLIENT,OPTED_IN,STAFF,-",
                "RECORDED,OPT_IN,CLIENT,-,KEYWORD,-",
                "RECORDED,OPT_IN,CLIENT,OPTED_OUT,KEYWORD,OPTED_OUT",
                "RECORDED,REMINDER,STAFF,-,KEYWORD,-",
                "RECORDED,REMINDER,STAFF,OPTED_OUT,TWILIO_BLOCK,OPTED_OUT",
                "DOUBLE_OPT_IN,CONVERSATION,CLIENT,OPTED_IN,STAFF,CONSENT_MISSING",
                "DOUBLE_OPT_IN,CONVERSATION,CLIENT,OPTED_IN,KEYWORD,-",
                "DOUBLE_OPT_IN,OPT_IN,CLIENT,PENDING,WEB_FORM,-",
            })
    void thePolicyDecidesWhoMayBeTexted(
            ConsentPolicy policy, Purpose purpose, Audience audience, State state, Source source, RejectionReason why) {
        Standing standing = state == null ? null : new Standing(state, source, source == Source.KEYWORD, NOW);
        assertThat(Consents.refusal(policy, purpose, audience, standing).map(Rejection::reason))
                .isEqualTo(java.util.Optional.ofNullable(why));
    }
}
