package org.casewire.outbound.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.outbound.consent.Consents.Blocked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The ledger against a real log and a real database. */
@ServiceTest
@TestPropertySource(properties = "casewire.public-base-url=https://texts.example.org")
class ConsentServiceTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger(2000);
    private static final String SITE = "ledger";
    private static final Instant THEN = Instant.parse("2026-03-01T10:00:00Z");

    private final String contact = "+1404538" + NUMBERS.incrementAndGet();
    private final Conversation person = new Conversation(SITE, contact);

    private final Consents consents;
    private final Sites sites;
    private final JdbcClient jdbc;

    ConsentServiceTest(Consents consents, Sites sites, JdbcClient jdbc) {
        this.consents = consents;
        this.sites = sites;
        this.jdbc = jdbc;
    }

    @BeforeEach
    void theSiteIsKnown() {
        if (sites.find(SITE).isEmpty()) {
            SiteDocument document = JsonMapper.shared().readValue("{\"site\":\"ledger\"}", SiteDocument.class);
            TestLog.write(new SiteChanged(document, THEN));
            await().until(() -> sites.find(SITE).isPresent());
        }
    }

    private void says(State state, Source source, int minute, String sid) {
        TestLog.write(new ConsentChanged(
                SITE,
                contact,
                state,
                source,
                List.of(),
                new Evidence(sid, "my words", null, null),
                THEN.plusSeconds(60L * minute)));
    }

    private List<String> ledger() {
        return jdbc.sql("""
                        SELECT state || ' ' || source || ' ' || CASE WHEN moved THEN 'moved' ELSE remark END
                        FROM consent_entry WHERE site = ? AND contact = ? ORDER BY id
                        """).params(SITE, contact).query(String.class).list();
    }

    private void awaitEntries(int count) {
        await().untilAsserted(() -> assertThat(ledger()).hasSize(count));
    }

    private Standing standing() {
        return consents.standings(List.of(person)).get(person);
    }

    @Test
    void aStatementMovesTheStateOnceHoweverOftenItComes() {
        says(State.OPTED_OUT, Source.KEYWORD, 1, "SM1");
        says(State.OPTED_OUT, Source.KEYWORD, 1, "SM1");
        says(State.OPTED_OUT, Source.KEYWORD, 2, "SM1");
        says(State.OPTED_IN, Source.KEYWORD, 3, "SM2");
        awaitEntries(2);
        assertThat(standing()).isEqualTo(new Standing(State.OPTED_IN, Source.KEYWORD, true, THEN.plusSeconds(180)));
    }

    @Test
    void anOlderOneEntersTheLedgerOnly() {
        says(State.OPTED_IN, Source.KEYWORD, 3, "SM1");
        says(State.OPTED_OUT, Source.KEYWORD, 1, "SM2");
        says(State.NEEDS_REVIEW, Source.PLAIN_LANGUAGE, 4, "SM3");
        awaitEntries(3);
        assertThat(ledger())
                .containsExactly(
                        "OPTED_IN KEYWORD moved",
                        "OPTED_OUT KEYWORD " + Outcome.OLDER.remark(),
                        "NEEDS_REVIEW PLAIN_LANGUAGE " + Outcome.REVIEW.remark());
        assertThat(standing().state()).isEqualTo(State.OPTED_IN);
    }

    @Test
    void theUpstreamCannotUndoWhatThePersonSaid() {
        says(State.OPTED_OUT, Source.KEYWORD, 1, "SM1");
        says(State.OPTED_IN, Source.UPSTREAM, 2, null);
        awaitEntries(2);
        assertThat(ledger().getLast()).isEqualTo("OPTED_IN UPSTREAM " + Outcome.NOT_THEIRS_TO_UNDO.remark());
        assertThat(standing().state()).isEqualTo(State.OPTED_OUT);
    }

    @Test
    void aNumberInNationalFormIsTheSamePerson() {
        String national = contact.substring(2);
        TestLog.write(Topics.CONSENT, SITE + "|" + national, "ConsentChanged", """
                {"site":"ledger","contact":"%s","state":"OPTED_IN","source":"UPSTREAM","at":"2026-03-01T10:00:00Z"}
                """.formatted(national));
        awaitEntries(1);
        assertThat(standing().state()).isEqualTo(State.OPTED_IN);
    }

    @Test
    void whatCannotBeUnderstoodGoesAsideAndBlocksNothing() {
        String key = SITE + "|" + contact;
        for (String json : List.of(
                "{\"site\":\"ledger\",\"contact\":\"%s\",\"state\":\"MAYBE\",\"source\":\"UPSTREAM\",\"at\":\"2026-03-01T10:00:00Z\"}",
                "{\"site\":\"ledger\",\"contact\":\"%s\",\"state\":\"OPTED_IN\",\"source\":\"UPSTREAM\"}",
                "{\"site\":\"ledger\",\"contact\":\"nobody\",\"state\":\"OPTED_IN\",\"source\":\"UPSTREAM\",\"at\":\"2026-03-01T10:00:00Z\"}",
                "{\"site\":\"ledger\",\"contact\":\"%s\",\"state\":\"OPTED_IN\",\"source\":\"UPSTREAM\",\"at\":\"+12026-03-01T10:00:00Z\"}")) {
            TestLog.write(Topics.CONSENT, key, "ConsentChanged", json.formatted(contact));
        }
        says(State.OPTED_IN, Source.UPSTREAM, 2, null);
        awaitEntries(1);
        TestLog.await(Topics.CONSENT + ".dlt", 4, entry -> key.equals(entry.key()));
    }

    @Test
    void strangeCharactersAreKeptAsFarAsTheyCanBe() {
        TestLog.write(new ConsentChanged(
                SITE,
                contact,
                State.NEEDS_REVIEW,
                Source.PLAIN_LANGUAGE,
                List.of(),
                new Evidence("SM1", "leave\u0000 me 😀 alone", null, null),
                THEN));
        awaitEntries(1);
    }

    @Test
    void aBlockAtTwilioIsMirroredAndToldOnce() {
        consents.blockedByTwilio(List.of(new Blocked(person, THEN, "SM9")));
        consents.blockedByTwilio(List.of(new Blocked(person, THEN.plusSeconds(1), null)));
        assertThat(standing().source()).isEqualTo(Source.TWILIO_BLOCK);
        var told = TestLog.await(Topics.CONSENT, 1, entry -> person.key().equals(entry.key()));
        assertThat(told)
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.json().get("source").asString()).isEqualTo("TWILIO_BLOCK"));
        says(State.OPTED_IN, Source.KEYWORD, 1, "SM10");
        await().untilAsserted(() -> assertThat(standing().state()).isEqualTo(State.OPTED_IN));
        assertThat(ledger()).as("what it told, it heard again").hasSize(3);
    }

    @Test
    void theLedgerCannotBeRewritten() {
        says(State.OPTED_OUT, Source.KEYWORD, 1, "SM1");
        awaitEntries(1);
        for (String attempt : List.of(
                "UPDATE consent_entry SET state = 'OPTED_IN'", "DELETE FROM consent_entry", "TRUNCATE consent_entry")) {
            assertThatThrownBy(() -> jdbc.sql(attempt).update()).hasMessageContaining("append-only");
        }
    }

    @Test
    void whoeverWasNeverHeardOfIsMissing() {
        assertThat(consents.standings(List.of(person))).isEqualTo(Map.of());
    }
}
