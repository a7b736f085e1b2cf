package org.casewire.notification.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.casewire.events.CaseRef.Kind;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.ReplyEvent.ReplyAssigned;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.TestTokens;
import org.casewire.notification.AlertsOverHttp;
import org.casewire.notification.Office;
import org.casewire.notification.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class AlertsTest {

    private static final String SITE = "alerts";

    private final SettableClock clock;
    private final Sites sites;
    private final RestTestClient rest;
    private final JdbcClient jdbc;
    private final MeterRegistry meters;
    private final Office office;
    private final AlertsOverHttp http;

    AlertsTest(SettableClock clock, Sites sites, RestTestClient rest, JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.meters = meters;
        this.clock = clock;
        this.sites = sites;
        this.rest = rest;
        this.office = Office.open(SITE, "PRIMARY", sites);
        this.http = new AlertsOverHttp(rest, SITE);
    }

    @AfterEach
    void letTheClockRun() {
        clock.run();
    }

    private static String user() {
        return "u-" + UUID.randomUUID();
    }

    private static List<Entry> events(String site, CaseRef caseRef, int count) {
        return TestLog.await(Topics.ALERTS, count, entry -> entry.key().equals(site + "|" + caseRef));
    }

    /** A case that everything before it was handled with: the same partition could still hold something back. */
    private void awaitAllHandled(String user) {
        CaseRef last = Office.aCase();
        office.assigns(last, user + " primary");
        for (int i = 0; i < 20; i++) {
            office.files("last " + i, last);
        }
        await().until(() -> http.list(user).get("unread").asInt() == 20);
    }

    @Test
    void aTextOnAnAssignedCaseStandsOnThePagesOfItsPrimaries() {
        String maria = user();
        String noor = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary", noor);
        String sid = office.files("Yes, Tuesday works 🙂", caseRef);

        await().untilAsserted(() -> assertThat(http.previews(maria)).containsExactly("Yes, Tuesday works 🙂"));
        JsonNode list = http.list(maria);
        assertThat(list.get("unread").asInt()).isEqualTo(1);
        assertThat(list.get("next").isNull()).isTrue();
        JsonNode item = list.get("items").get(0);
        assertThat(item.get("site").asString()).isEqualTo(SITE);
        assertThat(item.get("sid").asString()).isEqualTo(sid);
        assertThat(item.get("contact").asString()).isEqualTo("+14045387319");
        assertThat(item.get("caseRef").get("id").asString()).isEqualTo(caseRef.id());
        assertThat(item.get("title").asString()).isEqualTo("Eviction defence");
        assertThat(item.get("clientName").asString()).isEqualTo("Ana Reyes");
        assertThat(http.previews(noor)).isEmpty();
    }

    @Test
    void theAlertIsPublishedWithTheSameFields() {
        String maria = user();
        CaseRef caseRef = Office.aCase(Kind.INTAKE);
        office.assigns(caseRef, maria + " primary");
        office.files("Yes", caseRef);

        Entry raised = events(SITE, caseRef, 1).getFirst();
        await().until(() -> http.list(maria).get("unread").asInt() == 1);
        JsonNode item = http.list(maria).get("items").get(0);
        assertThat(raised.event()).isEqualTo("AlertRaised");
        for (String field : List.of("alertId", "site", "caseRef", "sid", "contact", "preview", "at")) {
            assertThat(raised.json().get(field)).as(field).isEqualTo(item.get(field));
        }
        assertThat(raised.headers())
                .containsEntry("ce_subject", item.get("alertId").asString());
    }

    @Test
    void onlyPrescreensWithSomebodyAssignedGetAnAlert() {
        String maria = user();
        CaseRef rejected = Office.aCase(Kind.PRESCREEN);
        CaseRef ended = Office.aCase(Kind.INTAKE);
        CaseRef unknown = Office.aCase();
        office.assigns(rejected);
        office.assigns(ended, maria + " primary - 2020-01-01");
        office.files("on nobody's prescreen", rejected);
        office.files("on an ended intake", ended);
        office.files("on a case nobody told of", unknown);
        awaitAllHandled(maria);

        assertThat(TestLog.all(
                        Topics.ALERTS,
                        entry -> List.of(SITE + "|" + rejected, SITE + "|" + ended, SITE + "|" + unknown)
                                .contains(entry.key())))
                .isEmpty();
        office.assigns(rejected, maria + " primary");
        office.assigns(ended, maria + " primary");
        awaitAllHandled(user());
        assertThat(http.previews(maria)).allMatch(preview -> preview.startsWith("last"));
    }

    @Test
    void anAssignmentCountsFromItsFirstDayUntilTheDayItEndsInTheSitesZone() {
        Office kiritimati = Office.open("kiritimati", "PRIMARY", "Pacific/Kiritimati", sites);
        AlertsOverHttp pages = new AlertsOverHttp(rest, kiritimati.site());
        CaseRef caseRef = Office.aCase();
        // 9 March in UTC, but already the 10th on Kiritimati.
        clock.set("2026-03-09T11:00:00Z");
        String startsToday = user();
        String startsTomorrow = user();
        String endsToday = user();
        String endsTomorrow = user();
        kiritimati.assigns(
                caseRef,
                startsToday + " primary 2026-03-10",
                startsTomorrow + " primary 2026-03-11",
                endsToday + " primary - 2026-03-10",
                endsTomorrow + " primary 2026-03-01 2026-03-11");
        kiritimati.files("Which day is it?", caseRef);

        await().until(() -> pages.list(startsToday).get("unread").asInt() == 1);
        assertThat(pages.previews(endsTomorrow)).hasSize(1);
        assertThat(pages.previews(startsTomorrow)).isEmpty();
        assertThat(pages.previews(endsToday)).isEmpty();
        clock.set("2026-03-10T10:00:00Z");
        assertThat(pages.previews(startsTomorrow)).hasSize(1);
        assertThat(pages.previews(endsTomorrow)).isEmpty();
    }

    @Test
    void aFutureAssignmentAloneRaisesNothing() {
        Office future = Office.open("future", "ALL", sites);
        String later = user();
        CaseRef caseRef = Office.aCase();
        future.assigns(caseRef, later + " primary 2999-01-01");
        future.files("Too early", caseRef);
        String now = user();
        CaseRef other = Office.aCase();
        future.assigns(other, now);
        future.files("In time", other);
        await().until(() ->
                new AlertsOverHttp(rest, "future").list(now).get("unread").asInt() == 1);
        awaitAllHandled(user());
        assertThat(TestLog.all(Topics.ALERTS, entry -> entry.key().equals("future|" + caseRef)))
                .isEmpty();
    }

    @Test
    void whereAllAssignmentsCountEveryCurrentOneSeesIt() {
        Office all = Office.open("all", "ALL", sites);
        AlertsOverHttp pages = new AlertsOverHttp(rest, "all");
        String primary = user();
        String helper = user();
        String former = user();
        CaseRef caseRef = Office.aCase();
        all.assigns(caseRef, primary + " primary", helper, former + " 2020-01-01 2021-01-01");
        all.files("For all of you", caseRef);
        await().until(() -> pages.list(helper).get("unread").asInt() == 1);
        assertThat(pages.previews(primary)).hasSize(1);
        assertThat(pages.previews(former)).isEmpty();

        Office.open("all", "PRIMARY", sites);
        assertThat(pages.previews(helper)).isEmpty();
        assertThat(pages.previews(primary)).hasSize(1);
    }

    @Test
    void aNewAssigneeSeesItAndAFormerOneDoesNot() {
        String before = user();
        String after = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, before + " primary");
        office.files("Hello?", caseRef);
        await().until(() -> http.list(before).get("unread").asInt() == 1);

        office.assigns(caseRef, after + " primary", before + " primary - 2020-01-01");
        await().until(() -> http.list(after).get("unread").asInt() == 1);
        assertThat(http.previews(before)).isEmpty();
    }

    @Test
    void anOlderSnapshotChangesNothing() {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assignsAt("2026-03-02T10:00:00Z", caseRef, maria + " primary");
        office.files("Hello?", caseRef);
        await().until(() -> http.list(maria).get("unread").asInt() == 1);
        office.assignsAt("2026-03-01T10:00:00Z", caseRef);
        awaitAllHandled(user());
        assertThat(http.previews(maria)).hasSize(1);
    }

    @Test
    void aGoneCaseShowsNothingUntilALaterSnapshotBringsItBack() {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        Instant before = Instant.now().minusSeconds(60);
        office.assignsAt(before.toString(), caseRef, maria + " primary");
        office.files("Hello?", caseRef);
        await().until(() -> http.list(maria).get("unread").asInt() == 1);
        String alertId = http.list(maria).get("items").get(0).get("alertId").asString();

        office.removes(caseRef);
        await().until(() -> http.list(maria).get("unread").asInt() == 0);
        http.dismiss(alertId, TestTokens.staff(maria, SITE)).expectStatus().isNotFound();
        office.assignsAt(before.plusSeconds(1).toString(), caseRef, maria + " primary");
        awaitAllHandled(user());
        assertThat(http.previews(maria)).isEmpty();

        office.assignsAt(Instant.now().plusSeconds(1).toString(), caseRef, maria + " primary");
        await().until(() -> http.list(maria).get("unread").asInt() == 1);
    }

    @Test
    void aTextOnSeveralCasesIsOneAlertForEach() {
        String maria = user();
        CaseRef one = Office.aCase();
        CaseRef two = Office.aCase(Kind.PRESCREEN);
        office.assigns(one, maria + " primary");
        office.assigns(two, maria + " primary");
        office.files("Both of them", one, two, one);
        await().until(() -> http.list(maria).get("unread").asInt() == 2);
        awaitAllHandled(user());
        assertThat(http.previews(maria)).hasSize(2);
    }

    @Test
    void theSameTextFiledTwiceIsOneAlert() {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        String sid = office.files("Once", caseRef);
        office.filesAgain(sid, "Once", List.of(), caseRef);
        await().until(() -> http.list(maria).get("unread").asInt() == 1);
        office.filesAgain(sid, "Once", List.of(), caseRef);
        awaitAllHandled(user());
        assertThat(http.previews(maria)).containsExactly("Once");
        assertThat(TestLog.all(Topics.ALERTS, entry -> entry.key().equals(SITE + "|" + caseRef)))
                .hasSize(1);
    }

    @Test
    void anUnassignedTextIsNoAlertUntilItIsMovedToACase() {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        String sid = office.leavesUnassigned("Who is this?");
        office.moves(sid, List.of(), caseRef);
        await().untilAsserted(() -> assertThat(http.previews(maria)).containsExactly("Who is this?"));
    }

    @Test
    void aTextThatIsGivenToAPersonAloneLeavesItsCasesAndRaisesNoAlert() {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        String sid = office.files("for Noor", caseRef);
        await().untilAsserted(() -> assertThat(http.previews(maria)).containsExactly("for Noor"));
        String noor = user();
        TestLog.write(new ReplyAssigned(
                sid, SITE, "+14045387319", List.of(), null, noor, List.of(caseRef), "sam", Instant.now()));

        await().untilAsserted(() -> assertThat(http.previews(maria)).isEmpty());
        assertThat(http.previews(noor)).isEmpty();
        assertThat(events(SITE, caseRef, 2)).extracting(Entry::event).containsExactly("AlertRaised", "AlertDismissed");
    }

    @Test
    void aMovedTextTakesItsAlertAlong() {
        String maria = user();
        String noor = user();
        CaseRef wrong = Office.aCase();
        CaseRef right = Office.aCase();
        office.assigns(wrong, maria + " primary");
        office.assigns(right, noor + " primary");
        String sid = office.files("For Noor", wrong);
        await().until(() -> http.list(maria).get("unread").asInt() == 1);

        office.moves(sid, List.of(wrong), right);
        await().untilAsserted(() -> assertThat(http.previews(noor)).containsExactly("For Noor"));
        assertThat(http.previews(maria)).isEmpty();
        Entry withdrawn = events(SITE, wrong, 2).getLast();
        assertThat(withdrawn.event()).isEqualTo("AlertDismissed");
        assertThat(withdrawn.json().get("by").asString()).isEqualTo("casewire");

        office.moves(sid, List.of(right), wrong);
        await().untilAsserted(() -> assertThat(http.previews(maria)).containsExactly("For Noor"));
        assertThat(http.previews(noor)).isEmpty();
    }

    @Test
    void aMoveThatIsReadBeforeTheFilingDecidesWhereTheTextStands() {
        String maria = user();
        String noor = user();
        CaseRef wrong = Office.aCase();
        CaseRef right = Office.aCase();
        office.assigns(wrong, maria + " primary");
        office.assigns(right, noor + " primary");
        String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
        office.moves(sid, List.of(wrong), right);
        await().until(() -> http.list(noor).get("unread").asInt() == 1);
        office.filesAgain(sid, "For Noor", List.of(), wrong);
        await().untilAsserted(() -> assertThat(http.previews(noor)).containsExactly("For Noor"));
        assertThat(http.previews(maria)).isEmpty();
        assertThat(TestLog.all(Topics.ALERTS, entry -> entry.key().equals(SITE + "|" + wrong)))
                .isEmpty();
    }

    @Test
    void dismissingWhatWasMovedTellsThatItWas() {
        String maria = user();
        CaseRef wrong = Office.aCase();
        CaseRef right = Office.aCase();
        office.assigns(wrong, maria + " primary");
        office.assigns(right, user() + " primary");
        String sid = office.files("Not hers", wrong);
        await().until(() -> http.list(maria).get("unread").asInt() == 1);
        String alertId = http.list(maria).get("items").get(0).get("alertId").asString();
        office.moves(sid, List.of(wrong), right);
        await().until(() -> http.list(maria).get("unread").asInt() == 0);
        assertThat(http.dismissed(alertId, maria).get("by").asString()).isEqualTo("casewire");
        http.dismiss(alertId, TestTokens.staff("stranger", SITE)).expectStatus().isNotFound();
    }

    @Test
    void oneTextMayStandOnTenThousandCasesAndMove() {
        String maria = user();
        CaseRef[] many = Stream.generate(Office::aCase).limit(10_000).toArray(CaseRef[]::new);
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (CaseRef one : many) {
                writers.submit(() -> office.assigns(one, maria + " primary"));
            }
        }
        String sid = office.files("For all of them", many);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> http.list(maria).get("unread").asInt() == 10_000);
        office.moves(sid, Arrays.asList(many).subList(1, 10_000), many[0]);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> http.list(maria).get("unread").asInt() == 1);
    }

    @Test
    void aCaseMayHaveTenThousandUsers() {
        CaseRef caseRef = Office.aCase();
        String[] users =
                Stream.generate(() -> user() + " primary").limit(10_000).toArray(String[]::new);
        office.assigns(caseRef, users);
        office.files("For all of you", caseRef);
        for (int i : List.of(0, 4_567, 9_999)) {
            await().until(() -> http.list(users[i].split(" ")[0]).get("unread").asInt() == 1);
        }
    }

    @Test
    void whatDiffersFromWhereTheTextsStandIsRepairedAndReported() {
        Office.open("drift", "PRIMARY", sites);
        Office drift = Office.known("drift");
        AlertsOverHttp pages = new AlertsOverHttp(rest, "drift");
        String maria = user();
        CaseRef caseRef = Office.aCase();
        drift.assigns(caseRef, maria + " primary");
        drift.files("stays", caseRef);
        String stray = drift.files("is elsewhere in truth", caseRef);
        String erased = drift.files("my secret", caseRef);
        await().until(() -> pages.list(maria).get("unread").asInt() == 3);
        jdbc.sql("UPDATE replies SET filings = '[]' WHERE sid = ?").param(stray).update();
        jdbc.sql("UPDATE replies SET preview = 'An erased text' WHERE sid = ?")
                .param(erased)
                .update();
        double before = driftSeen();
        JsonNode repairs = AlertsOverHttp.body(check("operator").expectStatus().isOk());
        assertThat(repairs.toString()).isEqualTo("{\"checked\":3,\"withdrawn\":1,\"erased\":1}");
        assertThat(pages.previews(maria)).containsExactly("An erased text", "stays");
        assertThat(pages.list(maria).get("unread").asInt()).isEqualTo(2);
        assertThat(driftSeen()).isGreaterThanOrEqualTo(before + 2);
        assertThat(events("drift", caseRef, 4).getLast().json().get("by").asString())
                .isEqualTo("casewire");
        assertThat(AlertsOverHttp.body(check("operator")).get("withdrawn").asInt())
                .isZero();
        check("admin").expectStatus().isForbidden();
    }

    private double driftSeen() {
        return meters.find("casewire.alerts.drift").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private RestTestClient.ResponseSpec check(String role) {
        return rest.post()
                .uri("/api/sites/drift/alerts/check")
                .headers(headers -> headers.setBearerAuth(
                        TestTokens.token("operator", List.of("*"), List.of(role), Duration.ofMinutes(5))))
                .exchange();
    }

    @Test
    void aCaseThatKeepsTheTextKeepsItsDismissal() {
        String maria = user();
        CaseRef kept = Office.aCase();
        CaseRef added = Office.aCase();
        office.assigns(kept, maria + " primary");
        office.assigns(added, maria + " primary");
        String sid = office.files("Seen", kept);
        await().until(() -> http.list(maria).get("unread").asInt() == 1);
        http.dismissed(http.list(maria).get("items").get(0).get("alertId").asString(), maria);

        office.moves(sid, List.of(), kept, added);
        await().until(() -> http.list(maria).get("unread").asInt() == 1);
        assertThat(http.list(maria).get("items").get(0).get("caseRef").get("id").asString())
                .isEqualTo(added.id());
    }

    @Test
    void oneDismissalIsForAllAndTheSecondTellsOfTheFirst() {
        Office shared = Office.open("shared", "ALL", sites);
        AlertsOverHttp pages = new AlertsOverHttp(rest, "shared");
        String maria = user();
        String noor = user();
        CaseRef caseRef = Office.aCase();
        shared.assigns(caseRef, maria + " primary", noor);
        shared.files("Please call", caseRef);
        await().until(() -> pages.list(noor).get("unread").asInt() == 1);
        String alertId = pages.list(noor).get("items").get(0).get("alertId").asString();

        JsonNode first = pages.dismissed(alertId, noor);
        assertThat(first.get("alertId").asString()).isEqualTo(alertId);
        assertThat(first.get("site").asString()).isEqualTo("shared");
        assertThat(first.get("by").asString()).isEqualTo(noor);
        assertThat(pages.list(maria).get("unread").asInt()).isZero();
        assertThat(pages.list(noor).get("items")).isEmpty();
        assertThat(pages.dismissed(alertId, maria)).isEqualTo(first);
        assertThat(pages.dismissed(alertId, noor)).isEqualTo(first);
        List<Entry> told = events("shared", caseRef, 2);
        assertThat(told).extracting(Entry::event).containsExactly("AlertRaised", "AlertDismissed");
        assertThat(told.getLast().json()).isEqualTo(first);
    }

    @Test
    void aStrangersDismissalFindsNothingAndAnAdminsCounts() {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary", "noor");
        office.files("Mine", caseRef);
        await().until(() -> http.list(maria).get("unread").asInt() == 1);
        String alertId = http.list(maria).get("items").get(0).get("alertId").asString();

        http.dismiss(alertId, TestTokens.staff("stranger", SITE)).expectStatus().isNotFound();
        http.dismiss(alertId, TestTokens.staff("noor", SITE)).expectStatus().isNotFound();
        http.dismiss(alertId, TestTokens.staff(maria, "elsewhere"))
                .expectStatus()
                .isNotFound();
        assertThat(http.previews(maria)).hasSize(1);
        Office.open("elsewhere", "ALL", sites);
        new AlertsOverHttp(rest, "elsewhere")
                .dismiss(alertId, AlertsOverHttp.admin("elsewhere"))
                .expectStatus()
                .isNotFound();
        http.dismiss(alertId, AlertsOverHttp.admin(SITE)).expectStatus().isOk();
        assertThat(http.previews(maria)).isEmpty();
    }

    @Test
    void anUnknownAlertIsNotFound() {
        for (String id : List.of(UUID.randomUUID().toString(), "no-uuid")) {
            http.dismiss(id, AlertsOverHttp.admin(SITE))
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void staffSeeTheirOwnAlertsAndAdminsAnybodys() {
        String maria = user();
        http.get(maria, "", TestTokens.staff("noor", SITE))
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("FORBIDDEN");
        http.get(maria, "", AlertsOverHttp.admin(SITE)).expectStatus().isOk();
        http.get(maria, "", TestTokens.token(maria, List.of(SITE), List.of("service"), Duration.ofMinutes(5)))
                .expectStatus()
                .isForbidden();
    }

    @Test
    void aTokenForAnotherSiteFindsNothingAndNoTokenIsRefused() {
        http.get("maria", "", TestTokens.staff("maria", "other")).expectStatus().isNotFound();
        rest.get()
                .uri("/api/sites/alerts/users/maria/alerts")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        new AlertsOverHttp(rest, "nowhere")
                .get("sam", "", TestTokens.token("sam", List.of("*"), List.of("admin"), Duration.ofMinutes(5)))
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNKNOWN_SITE");
    }

    @Test
    void theListComesInPagesNewestFirstAndCountsThemAll() {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        for (int i = 1; i <= 5; i++) {
            office.files("text " + i, caseRef);
        }
        await().until(() -> http.list(maria).get("unread").asInt() == 5);
        JsonNode first = http.list(maria, "?limit=2");
        JsonNode second =
                http.list(maria, "?limit=2&cursor=" + first.get("next").asString());
        JsonNode third =
                http.list(maria, "?limit=2&cursor=" + second.get("next").asString());
        assertThat(List.of(first, second, third))
                .flatExtracting(page -> page.get("items")
                        .valueStream()
                        .map(item -> item.get("preview").asString())
                        .toList())
                .containsExactly("text 5", "text 4", "text 3", "text 2", "text 1");
        assertThat(List.of(first, second, third))
                .allMatch(page -> page.get("unread").asInt() == 5);
        assertThat(third.get("next").isNull()).isTrue();
    }

    @Test
    void aBadLimitOrCursorIsNamed() {
        for (String query : List.of("?limit=0", "?limit=501", "?limit=many", "?cursor=tomorrow")) {
            JsonNode problem = AlertsOverHttp.body(http.get("sam", query, AlertsOverHttp.admin(SITE))
                    .expectStatus()
                    .isEqualTo(HttpStatus.BAD_REQUEST));
            assertThat(problem.get("code").asString()).isEqualTo("INVALID_REQUEST");
            assertThat(problem.get("detail").asString()).contains(query.substring(1, query.indexOf('=')));
        }
    }

    @Test
    void aPictureAloneSaysSo() {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        office.filesAgain(
                "MM" + UUID.randomUUID(), "", List.of(new Media("https://api.twilio.com/x", "image/jpeg")), caseRef);
        await().untilAsserted(() -> assertThat(http.previews(maria)).containsExactly("Picture"));
    }
}
