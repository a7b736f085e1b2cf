package org.casewire.notification.unanswered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.events.CaseRef;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.casewire.events.OutboundEvent.Status;
import org.casewire.events.Purpose;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.AlertsOverHttp;
import org.casewire.notification.Office;
import org.casewire.notification.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@ServiceTest
class UnansweredTest {

    private static final String SITE = "unanswered";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final SettableClock clock;
    private final Sites sites;
    private final RestTestClient rest;
    private final Office office;
    private final String maria = "u-" + UUID.randomUUID();

    UnansweredTest(SettableClock clock, Sites sites, RestTestClient rest) {
        this.clock = clock;
        this.sites = sites;
        this.rest = rest;
        this.office = Office.open(SITE, "PRIMARY", sites);
    }

    @AfterEach
    void letTheClockRun() {
        clock.run();
    }

    private static String aContact() {
        return "+1404538%04d".formatted(2000 + NUMBERS.incrementAndGet());
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-02T" + time + ":00Z");
    }

    private CaseRef aCaseOf(String... assignments) {
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, assignments);
        return caseRef;
    }

    private JsonNode list(String user, String query) {
        return AlertsOverHttp.body(rest.get()
                .uri("/api/sites/" + SITE + "/users/" + user + "/unanswered" + query)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff(user, SITE)))
                .exchange()
                .expectStatus()
                .isOk());
    }

    private List<String> waiting(String user) {
        return list(user, "")
                .get("items")
                .valueStream()
                .map(one ->
                        one.get("contact").asString() + " " + one.get("since").asString())
                .toList();
    }

    private static String since(String contact, String time) {
        return contact + " " + at(time);
    }

    private UUID accepted(String contact, String time, Purpose purpose, @Nullable String sentBy) {
        UUID id = UUID.randomUUID();
        MessageHeader header = header(id, contact, purpose, sentBy);
        TestLog.write(new MessageAccepted(header, at(time), 1, 1, "SM" + id, 1, "Hello", List.of()));
        return id;
    }

    private static MessageHeader header(UUID id, String contact, Purpose purpose, @Nullable String sentBy) {
        return new MessageHeader(id, SITE, contact, "+14045550100", null, sentBy, purpose, Map.of());
    }

    @Test
    void aClientWaitsSinceTheFirstTextThatNobodyAnswered() {
        CaseRef caseRef = aCaseOf(maria + " primary", "noor");
        String contact = aContact();
        office.texts(contact, at("10:00"), "first", caseRef);
        office.texts(contact, at("10:20"), "second", caseRef);
        await().until(() -> list(maria, "").get("items").path(0).path("texts").asInt() == 2);
        JsonNode item = list(maria, "").get("items").get(0);
        assertThat(item.get("contact").asString()).isEqualTo(contact);
        assertThat(item.get("since").asString()).isEqualTo(at("10:00").toString());
        assertThat(item.get("latest").get("preview").asString()).isEqualTo("second");
        assertThat(item.get("cases").get(0).get("caseRef").get("id").asString()).isEqualTo(caseRef.id());
        assertThat(item.get("cases").get(0).get("clientName").asString()).isEqualTo("Ana Reyes");
        assertThat(waiting("noor")).as("an assignment that sees no alerts").isEmpty();

        accepted(contact, "10:10", Purpose.CONVERSATION, maria);
        await().untilAsserted(() -> assertThat(waiting(maria)).containsExactly(since(contact, "10:20")));
        accepted(contact, "10:30", Purpose.CONVERSATION, "noor");
        await().untilAsserted(() -> assertThat(waiting(maria)).isEmpty());
        office.texts(contact, at("10:25"), "read late, answered before", caseRef);
        office.texts(contact, at("10:40"), "third", caseRef);
        await().untilAsserted(() -> assertThat(waiting(maria)).containsExactly(since(contact, "10:40")));
    }

    @Test
    void onlyWhatStaffWroteAndWhatArrivedIsAnAnswer() {
        CaseRef caseRef = aCaseOf(maria + " primary");
        String contact = aContact();
        office.texts(contact, at("10:00"), "Hello?", caseRef);
        for (Purpose purpose : Purpose.values()) {
            if (purpose != Purpose.CONVERSATION) {
                accepted(contact, "11:00", purpose, "maria");
            }
        }
        accepted(contact, "11:00", Purpose.CONVERSATION, null);
        accepted(aContact(), "11:00", Purpose.CONVERSATION, "maria");
        UUID lost = accepted(contact, "11:10", Purpose.CONVERSATION, "maria");
        TestLog.write(new MessageStatusChanged(
                header(lost, contact, Purpose.CONVERSATION, "maria"),
                at("11:11"),
                1,
                "SM" + lost,
                Status.UNDELIVERED,
                30003));
        office.texts(contact, at("11:30"), "Still there?", caseRef);
        String other = aContact();
        office.texts(other, at("11:40"), "the last of them", caseRef);
        await().untilAsserted(() ->
                assertThat(waiting(maria)).containsExactly(since(other, "11:40"), since(contact, "10:00")));
        accepted(contact, "11:50", Purpose.CONVERSATION, "maria");
        await().untilAsserted(() -> assertThat(waiting(maria)).containsExactly(since(other, "11:40")));
    }

    @Test
    void itFollowsAssignmentsMovesAndErasures() {
        String noor = "u-" + UUID.randomUUID();
        CaseRef hers = aCaseOf(maria + " primary");
        CaseRef his = aCaseOf(noor + " primary");
        String contact = aContact();
        String sid = office.texts(contact, at("10:00"), "Hello?", hers);
        office.texts(contact, at("10:30"), " stop ", hers);
        await().untilAsserted(() -> assertThat(waiting(maria)).containsExactly(since(contact, "10:00")));
        office.movesFrom(contact, sid, List.of(hers), hers, his);
        await().untilAsserted(() -> assertThat(waiting(noor)).containsExactly(since(contact, "10:00")));
        office.movesFrom(contact, sid, List.of(hers), his);
        await().untilAsserted(() -> assertThat(waiting(maria)).isEmpty());
        office.assigns(his, maria + " primary", noor + " primary - 2020-01-01");
        await().untilAsserted(() -> assertThat(waiting(maria)).containsExactly(since(contact, "10:00")));
        assertThat(waiting(noor)).isEmpty();
        TestLog.write(new TextsErased(SITE, contact, "sam", at("12:00")));
        await().untilAsserted(() -> assertThat(waiting(maria)).isEmpty());
    }

    @Test
    void theWaitIsToldInTheSitesWorkingHours() {
        SiteDocument document = WireJson.MAPPER.readValue("""
                {"site":"office-hours","timeZone":"America/New_York","alerts":"PRIMARY",
                 "workingHours":{"days":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY"],"from":"09:00","to":"17:00"}}
                """, SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find("office-hours").filter(document::equals).isPresent());
        clock.set("2026-03-09T14:00:00Z");
        CaseRef caseRef = Office.aCase();
        Office hours = Office.known("office-hours");
        hours.assigns(caseRef, maria + " primary");
        hours.texts(aContact(), Instant.parse("2026-03-06T21:00:00Z"), "Over the weekend the clocks change", caseRef);
        await().untilAsserted(() -> assertThat(AlertsOverHttp.body(rest.get()
                                .uri("/api/sites/office-hours/users/" + maria + "/unanswered")
                                .headers(headers -> headers.setBearerAuth(TestTokens.staff(maria, "office-hours")))
                                .exchange())
                        .get("items")
                        .path(0)
                        .path("workingTime")
                        .asString())
                .isEqualTo("PT2H"));
    }

    @Test
    void theListComesInPagesAndIsOnesOwn() {
        CaseRef caseRef = aCaseOf(maria + " primary");
        for (int i = 0; i < 5; i++) {
            office.texts("+1404538190" + i, at("10:0" + i / 2), "text " + i, caseRef);
        }
        await().until(() -> waiting(maria).size() == 5);
        JsonNode first = list(maria, "?limit=3");
        JsonNode rest = list(maria, "?limit=3&cursor=" + first.get("next").asString());
        assertThat(List.of(first, rest))
                .flatExtracting(page -> page.get("items")
                        .valueStream()
                        .map(one -> one.get("contact").asString())
                        .toList())
                .containsExactly("+14045381904", "+14045381903", "+14045381902", "+14045381901", "+14045381900");
        assertThat(rest.get("next").isNull()).isTrue();
        refused(maria, "?limit=0", TestTokens.staff(maria, SITE), 400);
        refused(maria, "", TestTokens.staff("noor", SITE), 403);
        refused(maria, "", TestTokens.staff(maria, "elsewhere"), 404);
        refused(maria, "", "nonsense", 401);
    }

    private void refused(String user, String query, String token, int status) {
        rest.get()
                .uri("/api/sites/" + SITE + "/users/" + user + "/unanswered" + query)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    /** Ten thousand of each would be compared with each other: a hundred million times. */
    @Test
    void tenThousandCasesWithTenThousandTextsAreLookedUpOneByOne(
            @Autowired UnansweredClients clients,
            @Autowired JdbcClient jdbc,
            @Autowired TransactionTemplate transaction) {
        jdbc.sql("""
                        INSERT INTO assignments (site, kind, case_id, user_id, is_primary)
                        SELECT :site, 'CASE', 'many-' || number, :user, true FROM generate_series(1, 10000) AS number
                        """).param("site", SITE).param("user", maria).update();
        jdbc.sql("""
                        INSERT INTO waiting_texts (site, kind, case_id, contact, received_at, sid)
                        SELECT :site, 'CASE', 'many-' || number, '+1404' || number, :at::timestamptz, 'SM-many-' || number
                        FROM generate_series(1, 10000) AS number
                        """).param("site", SITE).param("at", at("10:00").toString()).update();
        jdbc.sql("""
                        INSERT INTO answers (site, message_id, part, contact, at)
                        SELECT :site, gen_random_uuid(), 1, '+1404' || number, :at::timestamptz
                        FROM generate_series(1, 9990) AS number
                        """).param("site", SITE).param("at", at("11:00").toString()).update();
        SiteDocument site = sites.find(SITE).orElseThrow();
        PageRequest all = PageRequest.of(100, null);

        long begun = System.nanoTime();
        List<UnansweredClient> waiting = transaction.execute(_ -> {
            jdbc.sql("SET LOCAL enable_hashjoin = off").update();
            jdbc.sql("SET LOCAL enable_mergejoin = off").update();
            return clients.page(site, maria, all);
        });
        assertThat(waiting).hasSize(10);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("one by one it is a tenth of a second")
                .isLessThan(Duration.ofSeconds(10));
    }
}
