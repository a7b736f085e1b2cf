package org.casewire.outbound.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.casewire.events.Purpose;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Doubt.WhenTwilioCannotTell;
import org.casewire.outbound.dispatch.DoubtRule.Decision;
import org.casewire.outbound.dispatch.Line.Doubt;
import org.casewire.outbound.gateway.TwilioGateway.Listing;
import org.casewire.outbound.gateway.TwilioGateway.Seen;
import org.casewire.outbound.message.MessageKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DoubtRuleTest {

    private static final Instant T = Instant.parse("2026-03-02T13:00:00Z");
    private static final Instant IN_GRACE = T.plusSeconds(29);
    private static final Instant AFTER_GRACE = T.plusSeconds(30);
    private static final SiteDocument.Doubt ASK = new SiteDocument.Doubt(30, WhenTwilioCannotTell.ASK);
    private static final SiteDocument.Doubt RESEND = new SiteDocument.Doubt(30, WhenTwilioCannotTell.RESEND);
    private static final Listing UNREADABLE = new Listing.NotTold("no answer");

    private static Doubt doubt(@Nullable String body, @Nullable String media, @Nullable Instant expiresAt) {
        return new Doubt(
                new MessageKey("demo", UUID.randomUUID()),
                1,
                UUID.randomUUID(),
                T,
                "+14045387319",
                "+14045387300",
                body,
                media,
                expiresAt,
                Purpose.CONVERSATION);
    }

    private static final Doubt TEXT = doubt("Hello", null, null);

    private static Seen seen(String sid, String sender, String body, int media, Instant at) {
        return new Seen(sid, Set.of(sender), body, media, at, "sent", null);
    }

    private static Seen ours(String sid) {
        return seen(sid, "+14045387300", "Hello", 0, T.plusSeconds(1));
    }

    private static Decision decide(Doubt doubt, Listing listing, SiteDocument.Doubt policy, Instant at) {
        return DoubtRule.decide(doubt, listing, Set.of("SM-other"), policy, at);
    }

    private static Listing listed(Seen... texts) {
        return new Listing.Listed(List.of(texts));
    }

    @Test
    void theOneTextItCanBeIsIt() {
        Seen text = ours("SM1");
        assertThat(decide(TEXT, listed(text, ours("SM-other")), ASK, IN_GRACE)).isEqualTo(new Decision.Found(text));
        Seen slowClock = seen("SM2", "+14045387300", "Hello ", 0, T.minusSeconds(119));
        assertThat(decide(TEXT, listed(slowClock), ASK, AFTER_GRACE)).isEqualTo(new Decision.Found(slowClock));
    }

    @Test
    void anotherTextIsNotIt() {
        for (Seen other : List.of(
                ours("SM-other"),
                seen("SM1", "+14045387301", "Hello", 0, T),
                seen("SM1", "+14045387300", "Hello!", 0, T),
                seen("SM1", "+14045387300", "Hello", 1, T),
                seen("SM1", "+14045387300", "Hello", 0, T.minusSeconds(121)))) {
            assertThat(decide(TEXT, listed(other), ASK, AFTER_GRACE)).isEqualTo(new Decision.SendAgain());
        }
    }

    @Test
    void aPictureIsToldFromATextByItsFiles() {
        Doubt picture = doubt(null, "https://files.example.org/map.png", null);
        Seen sent = seen("MM1", "+14045387300", "", 1, T);
        assertThat(decide(picture, listed(sent), ASK, IN_GRACE)).isEqualTo(new Decision.Found(sent));
        assertThat(decide(picture, listed(seen("SM1", "+14045387300", "", 0, T)), ASK, AFTER_GRACE))
                .isEqualTo(new Decision.SendAgain());
    }

    @Test
    void nothingIsSentAgainBeforeTheGraceTimeHasPassed() {
        assertThat(decide(TEXT, listed(), RESEND, IN_GRACE)).isEqualTo(new Decision.LookAgain());
        assertThat(decide(TEXT, UNREADABLE, RESEND, IN_GRACE)).isEqualTo(new Decision.LookAgain());
        assertThat(decide(TEXT, listed(ours("SM1"), ours("SM2")), RESEND, IN_GRACE))
                .isEqualTo(new Decision.LookAgain());
        assertThat(decide(TEXT, listed(), ASK, AFTER_GRACE)).isEqualTo(new Decision.SendAgain());
    }

    @Test
    void whatTwilioCannotTellThePolicyDecides() {
        for (Listing unclear : List.of(UNREADABLE, listed(ours("SM1"), ours("SM2")))) {
            assertThat(decide(TEXT, unclear, ASK, AFTER_GRACE)).isEqualTo(new Decision.AskPerson());
            assertThat(decide(TEXT, unclear, RESEND, AFTER_GRACE)).isEqualTo(new Decision.SendAgain());
        }
    }

    @Test
    void whatIsOfNoUseAnyMoreIsNotSentAgainOnAGuess() {
        Doubt late = doubt("Hello", null, AFTER_GRACE);
        assertThat(decide(late, UNREADABLE, RESEND, AFTER_GRACE)).isEqualTo(new Decision.AskPerson());
    }
}
