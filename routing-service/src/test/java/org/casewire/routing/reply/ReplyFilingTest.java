package org.casewire.routing.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.casesOf;
import static org.casewire.routing.Upstream.home;
import static org.casewire.routing.Upstream.intake;
import static org.casewire.routing.Upstream.minute;
import static org.casewire.routing.Upstream.mobile;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.casewire.events.CaseRef;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.transport.EventCodec;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class ReplyFilingTest {

    private static final String TRACE = "00-11111111111111111111111111111111-2222222222222222-01";

    private final Upstream site;
    private final Upstream other;
    private final JdbcClient jdbc;

    ReplyFilingTest(Sites sites, JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.site = new Upstream("filing", sites, jdbc);
        this.other = new Upstream("filing-other", sites, jdbc);
    }

    private long stored(String sid) {
        return site.count("SELECT count(*) FROM reply WHERE site = 'filing' AND sid = ?", sid);
    }

    @Test
    void aReplyGoesToTheCaseThatTextedLastWhateverNumbersCasesHold() {
        String client = "+14045381001";
        site.tellsOf(caseRef("HOLDS"), mobile(client), minute(9), minute(1));
        site.texts(caseRef("EARLY"), client, minute(1));
        site.texts(intake("LATE"), client, minute(2));
        Entry filed = site.receives("SM-last", client, "thanks");
        assertThat(filed.event()).isEqualTo("ReplyRouted");
        assertThat(casesOf(filed)).containsExactly("LATE");
        assertThat(filed.json().get("rule").asString()).isEqualTo("OUTBOUND");
        assertThat(filed.json().get("strategy").asString()).isEqualTo("MOST_RECENT_OUTBOUND");
        assertThat(filed.json().get("explanation").toString()).contains("Intake LATE", "Case EARLY");
        assertThat(filed.key()).isEqualTo("filing|" + client);
    }

    @Test
    void theFallbacksAreTheOpenedCaseThenTheIntakeThenNothing() {
        String client = "+14045381002";
        assertThat(site.receives("SM-none", client, "?").event()).isEqualTo("ReplyUnassigned");
        site.tellsOf(intake("IN"), home("(404) 538-1002"), minute(9), minute(1));
        assertThat(casesOf(site.receives("SM-intake", client, "?"))).containsExactly("IN");
        site.tellsOf(caseRef("OLD"), mobile(client), minute(1), minute(1));
        site.tellsOf(caseRef("NEW"), home(client), minute(2), minute(1));
        Entry filed = site.receives("SM-opened", client, "?");
        assertThat(casesOf(filed)).containsExactly("NEW");
        assertThat(filed.json().get("rule").asString()).isEqualTo("OPENED");
    }

    @Test
    void aTextReceivedTwiceIsFiledOnceWithOneEvent() {
        String client = "+14045381003";
        MessageReceived text = site.text("SM-twice", client, "hi", Instant.now(), false);
        site.receives(text);
        TestLog.write(text);
        TestLog.write(text);
        site.settles(client);
        assertThat(stored("SM-twice")).isEqualTo(1);
        assertThat(site.repliesSoFar("SM-twice")).hasSize(1);
    }

    @Test
    void aReplyKeepsItsCaseWhenAnOldAcceptanceIsReplayed() {
        String client = "+14045381004";
        UUID first = site.texts(caseRef("FIRST"), client, minute(1));
        site.texts(caseRef("SECOND"), client, minute(2));
        TestLog.write(site.accepted(first, client, caseRef("FIRST"), minute(3)));
        site.settles(client);
        assertThat(casesOf(site.receives("SM-replay", client, "ok"))).containsExactly("SECOND");
    }

    @Test
    void aRecoveredTextIsMatchedByWhatWasAcceptedBeforeIt() {
        String client = "+14045381005";
        UUID message = UUID.randomUUID();
        site.texts(caseRef("A"), client, minute(1));
        TestLog.write(site.accepted(message, client, caseRef("B"), minute(3), 1, 2, "one"));
        TestLog.write(site.accepted(message, client, caseRef("B"), minute(9), 2, 2, "two"));
        site.texts(caseRef("A"), client, minute(10));
        assertThat(site.receives(site.text("SM-r0", client, "?", minute(1), true))
                        .event())
                .isEqualTo("ReplyUnassigned");
        assertThat(casesOf(site.receives(site.text("SM-r1", client, "?", minute(2), true))))
                .containsExactly("A");
        assertThat(casesOf(site.receives(site.text("SM-r2", client, "?", minute(5), true))))
                .containsExactly("B");
        assertThat(casesOf(site.receives(site.text("SM-r3", client, "?", minute(11), true))))
                .containsExactly("A");
        assertThat(casesOf(site.receives(site.text("SM-r4", client, "?", minute(5), false))))
                .containsExactly("A");
    }

    @Test
    void aTextReadLateIsNotTakenForAnAnswerToALaterOne() {
        String client = "+14045381006";
        site.texts(caseRef("ASKED"), client, minute(1));
        site.texts(caseRef("LATER"), client, minute(5));
        MessageReceived text = site.text("SM-late", client, "?", minute(3), false);
        TestLog.send(new EventCodec("/test").encode(text, UUID.randomUUID(), minute(3), TRACE));
        Entry filed = site.replies("SM-late", 1).getFirst();
        assertThat(casesOf(filed)).containsExactly("ASKED");
        assertThat(filed.headers()).containsEntry("traceparent", TRACE);
    }

    @Test
    void aReplyThatOvertakesTheTextItAnswersIsFiledAgain() {
        String client = "+14045381007";
        site.tellsOf(caseRef("HOLDS"), mobile(client), minute(1), minute(1));
        Instant sent = Instant.now().minusSeconds(2);
        assertThat(casesOf(site.receives("SM-overtook", client, "yes"))).containsExactly("HOLDS");
        TestLog.write(site.accepted(UUID.randomUUID(), client, caseRef("ASKED"), sent));
        Entry moved = site.replies("SM-overtook", 2).getLast();
        assertThat(moved.event()).isEqualTo("ReplyAssigned");
        assertThat(moved.json().get("by").asString()).isEqualTo("casewire");
        assertThat(casesOf(moved)).containsExactly("ASKED");
        assertThat(moved.json().get("removed").toString()).contains("HOLDS");
        assertThat(jdbc.sql("SELECT case_id FROM reply_case WHERE sid = 'SM-overtook'")
                        .query(String.class)
                        .list())
                .containsExactly("ASKED");
    }

    @Test
    void anUnassignedReplyIsFiledWhenTheTextItAnswersTurnsUp() {
        String client = "+14045381008";
        Instant sent = Instant.now().minusSeconds(2);
        assertThat(site.receives("SM-early", client, "yes").event()).isEqualTo("ReplyUnassigned");
        TestLog.write(site.accepted(UUID.randomUUID(), client, caseRef("ASKED"), sent));
        Entry moved = site.replies("SM-early", 2).getLast();
        assertThat(casesOf(moved)).containsExactly("ASKED");
        assertThat(moved.json().get("removed").isEmpty()).isTrue();
    }

    @Test
    void aTextAcceptedAfterAReplyDoesNotMoveIt() {
        String client = "+14045381009";
        site.receives("SM-newer", client, "yes");
        TestLog.write(site.accepted(
                UUID.randomUUID(), client, caseRef("NEWER"), Instant.now().plusSeconds(1)));
        site.settles(client);
        assertThat(site.repliesSoFar("SM-newer")).hasSize(1);
    }

    @Test
    void whatAPersonDecidedIsNotFiledAgain() {
        String client = "+14045381018";
        site.receives("SM-person", client, "yes");
        jdbc.sql("UPDATE reply SET moved_by = 'maria' WHERE sid = 'SM-person'").update();
        TestLog.write(site.accepted(
                UUID.randomUUID(), client, caseRef("OLDER"), Instant.now().minusSeconds(5)));
        site.settles(client);
        assertThat(site.repliesSoFar("SM-person")).hasSize(1);
    }

    @Test
    void aReplyFiledLongAgoStays() {
        String client = "+14045381010";
        site.receives("SM-settled", client, "yes");
        jdbc.sql("UPDATE reply SET filed_at = filed_at - interval '10 seconds' WHERE sid = 'SM-settled'")
                .update();
        TestLog.write(site.accepted(
                UUID.randomUUID(), client, caseRef("SLOW"), Instant.now().minusSeconds(30)));
        site.settles(client);
        assertThat(site.repliesSoFar("SM-settled")).hasSize(1);
    }

    @Test
    void aCaseThatIsGoneIsNoCandidateAndTheNextOneIsTaken() {
        String client = "+14045381011";
        site.tellsOf(caseRef("GONE"), mobile(client), minute(1), minute(1));
        site.texts(caseRef("STAYS"), client, minute(1));
        site.texts(caseRef("GONE"), client, minute(2));
        site.buries(caseRef("GONE"));
        assertThat(casesOf(site.receives("SM-gone", client, "?"))).containsExactly("STAYS");
    }

    @Test
    void anotherSitesCasesAndTextsAreNeverMatched() {
        String client = "+14045381012";
        other.tellsOf(caseRef("THEIRS"), mobile(client), minute(1), minute(1));
        other.texts(caseRef("THEIRS"), client, minute(1));
        assertThat(site.receives("SM-site", client, "?").event()).isEqualTo("ReplyUnassigned");
        assertThat(casesOf(other.receives("SM-site", client, "?"))).containsExactly("THEIRS");
    }

    @Test
    void wordsOfAnyScriptPicturesAndKeywordsSurvive() {
        String client = "+14045381013";
        String body = "مرحبا 👩‍👩‍👧 „ja“\u0000 \\u0000";
        MessageReceived text = new MessageReceived(
                "SM-words",
                "filing",
                client,
                Upstream.OFFICE,
                body,
                List.of(new Media("https://api.twilio.com/m/1", "image/png")),
                1,
                Keyword.STOP,
                Instant.now(),
                false,
                null,
                null);
        Entry filed = site.receives(text);
        assertThat(filed.json().get("body").asString()).isEqualTo(body);
        assertThat(filed.json().get("media").get(0).get("contentType").asString())
                .isEqualTo("image/png");
        assertThat(jdbc.sql("SELECT body FROM reply WHERE sid = 'SM-words'")
                        .query(String.class)
                        .single())
                .isEqualTo(body.replace('\u0000', '\uFFFD'));
    }

    @Test
    void aNumberInNationalFormAndAShortCodeAreKnownByTheRightName() {
        site.tellsOf(caseRef("NATIONAL"), mobile("404-538-1014"), minute(1), minute(1));
        Entry filed = site.receives("SM-national", "(404) 538-1014", "?");
        assertThat(casesOf(filed)).containsExactly("NATIONAL");
        assertThat(filed.json().get("contact").asString()).isEqualTo("+14045381014");
        site.tellsOf(caseRef("SHORT"), mobile("88765"), minute(1), minute(1));
        Entry shortCode = site.receives("SM-short", "88765", "?");
        assertThat(shortCode.event()).isEqualTo("ReplyUnassigned");
        assertThat(shortCode.json().get("contact").asString()).isEqualTo("88765");
        Entry elsewhere = site.receives("SM-elsewhere", "whatsapp:+14045381014", "?");
        assertThat(elsewhere.event()).isEqualTo("ReplyUnassigned");
        assertThat(elsewhere.json().get("contact").asString()).isEqualTo("whatsapp:+14045381014");
    }

    @Test
    void aTextOfAnUnknownSiteIsADeadLetterAndTheRestOfItsBatchIsFiled() {
        String client = "+14045381015";
        for (int i = 0; i < 5; i++) {
            TestLog.write(site.text("SM-batch-" + i, client, "?", Instant.now(), false));
            TestLog.write(Topics.INBOUND, "nowhere|" + client, "MessageReceived", """
                    {"sid":"SM-nowhere-%d","site":"nowhere","contact":"%s","receivedAt":"2026-03-01T10:00:00Z","segments":1,"recovered":false}
                    """.formatted(i, client));
        }
        List<Entry> letters =
                TestLog.await(Topics.INBOUND + ".dlt", 5, entry -> entry.key().startsWith("nowhere|"));
        assertThat(letters)
                .hasSize(5)
                .allSatisfy(
                        letter -> assertThat(letter.headers().get("x-reason")).contains("UNKNOWN_SITE", "'nowhere'"));
        for (int i = 0; i < 5; i++) {
            assertThat(site.replies("SM-batch-" + i, 1)).hasSize(1);
        }
    }

    @Test
    void aRecordThatIsNoTextIsADeadLetter() {
        TestLog.send(new ProducerRecord<>(Topics.INBOUND, "filing|+14045381016", new byte[] {'{'}));
        List<Entry> letters =
                TestLog.await(Topics.INBOUND + ".dlt", 1, entry -> entry.key().equals("filing|+14045381016"));
        assertThat(letters).hasSize(1);
    }

    @Test
    void theSitesStrategyDecidesAndMayChangeWhileRunning() {
        String client = "+14045381017";
        site.tellsOf(caseRef("OPENED"), mobile(client), minute(1), minute(1));
        site.tellsOf(intake("TAKEN"), home(client), minute(1), minute(1));
        site.texts(new CaseRef(CaseRef.Kind.PRESCREEN, "SENT"), client, minute(1));
        try {
            site.settings("MOST_RECENTLY_OPENED", "US");
            assertThat(casesOf(site.receives("SM-s1", client, "?"))).containsExactly("OPENED");
            site.settings("MOST_RECENT_INTAKE", "US");
            assertThat(casesOf(site.receives("SM-s2", client, "?"))).containsExactly("TAKEN");
            site.settings("ALL", "US");
            assertThat(casesOf(site.receives("SM-s3", client, "?"))).containsExactly("SENT", "OPENED");
        } finally {
            site.settings("MOST_RECENT_OUTBOUND", "US");
        }
    }
}
