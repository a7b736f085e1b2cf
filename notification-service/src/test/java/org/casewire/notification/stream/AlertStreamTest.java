package org.casewire.notification.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestTokens;
import org.casewire.notification.AlertsOverHttp;
import org.casewire.notification.Office;
import org.casewire.notification.SettableClock;
import org.casewire.notification.cases.CaseSights;
import org.casewire.notification.stream.OpenStream.Event;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class AlertStreamTest {

    private static final String SITE = "streams";

    /** The clock is set long before the tokens of its tests are made. */
    private static final Duration YEARS = Duration.ofDays(1_000);

    private final int port;
    private final RestTestClient rest;
    private final AlertsOverHttp http;
    private final Office office;
    private final AlertStreams streams;

    AlertStreamTest(@LocalServerPort int port, RestTestClient rest, Sites sites, AlertStreams streams) {
        this.port = port;
        this.rest = rest;
        this.http = new AlertsOverHttp(rest, SITE);
        this.office = Office.open(SITE, "ALL", sites);
        this.streams = streams;
    }

    private static String user() {
        return "u-" + UUID.randomUUID();
    }

    private OpenStream open(String user) {
        OpenStream stream = OpenStream.of(port, SITE, user, TestTokens.staff(user, SITE));
        assertThat(stream.status()).isEqualTo(200);
        return stream;
    }

    @Test
    void whatIsRaisedAndDismissedIsToldAtOnceToEverybodyWhoMaySeeIt() throws Exception {
        String maria = user();
        String noor = user();
        String other = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary", noor, other + " - 2020-01-01");
        try (OpenStream first = open(maria);
                OpenStream second = open(noor);
                OpenStream third = open(noor);
                OpenStream stranger = open(other)) {
            assertThat(first.contentType()).startsWith("text/event-stream");
            String sid = office.files("نعم 🙂\nsecond line", caseRef);
            List<OpenStream> all = List.of(first, second, third);
            await().untilAsserted(
                            () -> assertThat(all).allMatch(one -> one.events().size() == 1));
            Event raised = first.events().getFirst();
            assertThat(raised.name()).isEqualTo("AlertRaised");
            assertThat(raised.data().get("sid").asString()).isEqualTo(sid);
            assertThat(raised.data().get("preview").asString()).isEqualTo("نعم 🙂\nsecond line");

            String alertId = raised.data().get("alertId").asString();
            var dismissal = http.dismissed(alertId, noor);
            await().untilAsserted(
                            () -> assertThat(all).allMatch(one -> one.events().size() == 2));
            Event dismissed = first.events().getLast();
            assertThat(dismissed.name()).isEqualTo("AlertDismissed");
            assertThat(dismissed.data()).isEqualTo(dismissal);
            assertThat(dismissed.id()).isNotEqualTo(raised.id());
            assertThat(stranger.events()).isEmpty();
        }
    }

    @Test
    void anAlertIsOnTheStreamAtOnce() throws Exception {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        try (OpenStream stream = open(maria)) {
            List<Long> took = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                int count = i;
                long sent = System.nanoTime();
                office.files("text " + i, caseRef);
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> stream.events().size() == count);
                took.add(Duration.ofNanos(stream.events().getLast().heardAtNanos() - sent)
                        .toMillis());
            }
            List<Long> sorted = took.stream().skip(10).sorted().toList();
            assertThat(sorted.get(sorted.size() / 2))
                    .as("median of %s ms", sorted)
                    .isLessThan(250);
            assertThat(stream.events()).extracting(Event::id).doesNotHaveDuplicates();
        }
    }

    @Test
    void aQuietStreamSaysThatItLives() throws Exception {
        try (OpenStream stream = open(user())) {
            await().untilAsserted(() -> assertThat(stream.comments()).isGreaterThan(1));
            assertThat(stream.events()).isEmpty();
            assertThat(stream.hasEnded()).isFalse();
        }
    }

    @Test
    void aStreamEndsWhenItsTokenDoes() {
        String maria = user();
        long opened = System.nanoTime();
        OpenStream stream = OpenStream.of(
                port, SITE, maria, TestTokens.token(maria, List.of(SITE), List.of("staff"), Duration.ofSeconds(3)));
        assertThat(stream.status()).isEqualTo(200);
        await().until(stream::hasEnded);
        assertThat(Duration.ofNanos(System.nanoTime() - opened))
                .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(5));
    }

    @Test
    void hundredsOfStreamsAreTold() throws Exception {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        List<OpenStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                open.add(open(maria));
            }
            office.files("for all of them", caseRef);
            await().untilAsserted(() ->
                    assertThat(open).allMatch(stream -> stream.events().size() == 1));
        } finally {
            for (OpenStream stream : open) {
                stream.close();
            }
        }
    }

    private OpenStream after(String lastId, String user) {
        return OpenStream.after(lastId, port, SITE, user, TestTokens.staff(user, SITE));
    }

    private static List<String> previews(OpenStream stream) {
        return stream.events().stream()
                .map(event -> event.data().path("preview").asString(event.name()))
                .toList();
    }

    @Test
    void aPageThatWasAwayIsToldWhatItMissed() throws Exception {
        String maria = user();
        String noor = user();
        CaseRef hers = Office.aCase();
        CaseRef other = Office.aCase();
        office.assigns(hers, maria + " primary");
        office.assigns(other, noor + " primary");
        String beforeAnything;
        try (OpenStream stream = open(maria)) {
            await().until(() -> !stream.lastId().isEmpty());
            beforeAnything = stream.lastId();
        }
        office.files("one", hers);
        office.files("for Noor", other);
        await().until(() -> http.list(maria).get("unread").asInt() == 1
                && http.list(noor).get("unread").asInt() == 1);
        String afterOne;
        try (OpenStream stream = after(beforeAnything, maria)) {
            await().untilAsserted(() -> assertThat(previews(stream)).containsExactly("one"));
            afterOne = stream.events().getLast().id();
        }
        String alertId = http.list(maria).get("items").get(0).get("alertId").asString();
        http.dismissed(alertId, maria);
        office.files("two", hers);
        await().until(() -> http.previews(maria).equals(List.of("two")));
        try (OpenStream stream = after(afterOne, maria)) {
            office.files("three", hers);
            await().untilAsserted(() -> assertThat(previews(stream)).containsExactly("AlertDismissed", "two", "three"));
        }
    }

    @Test
    void aQuietStreamGoesOnFromTheLastPlaceItWasTold() throws Exception {
        String maria = user();
        CaseRef hers = Office.aCase();
        CaseRef other = Office.aCase();
        office.assigns(hers, maria + " primary");
        office.assigns(other, user() + " primary");
        try (OpenStream stream = open(maria)) {
            await().until(() -> !stream.lastId().isEmpty());
            String first = stream.lastId();
            office.files("for somebody else", other);
            await().until(() -> !stream.lastId().equals(first));
            assertThat(stream.events()).isEmpty();
            try (OpenStream later = after(stream.lastId(), maria)) {
                office.files("hers", hers);
                await().untilAsserted(() -> assertThat(previews(later)).containsExactly("hers"));
            }
        }
    }

    @Test
    void whoMissedTooMuchIsToldToLoadTheList() throws Exception {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        String before;
        try (OpenStream stream = open(maria)) {
            await().until(() -> !stream.lastId().isEmpty());
            before = stream.lastId();
        }
        for (int i = 0; i < 70; i++) {
            office.files("text " + i, caseRef);
        }
        await().until(() -> http.list(maria).get("unread").asInt() == 70);
        for (String last : List.of(before, "nonsense", "1-2", "zzz-zzz-zzz")) {
            try (OpenStream stream = after(last, maria)) {
                await().untilAsserted(() ->
                        assertThat(stream.events()).extracting(Event::name).containsExactly("Refresh"));
                try (OpenStream again = after(stream.events().getFirst().id(), maria)) {
                    await().until(() -> again.comments() > 1);
                    assertThat(again.events()).isEmpty();
                }
            }
        }
    }

    private static List<String> names(OpenStream stream) {
        return stream.events().stream().map(Event::name).toList();
    }

    @Test
    void whoseAssignmentsChangeWhatTheySeeIsToldToLoadTheList() throws Exception {
        String maria = user();
        String noor = user();
        String other = user();
        CaseRef caseRef = Office.aCase();
        CaseRef quiet = Office.aCase();
        office.assigns(caseRef, maria + " primary", other + " primary");
        office.files("Hello", caseRef);
        await().until(() -> http.list(maria).get("unread").asInt() == 1);
        try (OpenStream hers = open(maria);
                OpenStream his = open(noor);
                OpenStream stays = open(other)) {
            await().until(() ->
                    Stream.of(hers, his, stays).noneMatch(one -> one.lastId().isEmpty()));
            String before = hers.lastId();
            office.assigns(quiet, maria, noor, other);
            office.assigns(caseRef, noor + " primary", other + " primary");
            await().untilAsserted(
                            () -> assertThat(List.of(names(hers), names(his))).containsOnly(List.of("Refresh")));
            assertThat(http.list(maria).get("unread").asInt()).isZero();
            assertThat(http.list(noor).get("unread").asInt()).isEqualTo(1);
            assertThat(names(stays)).isEmpty();

            // Who was away while it changed is told as well, once.
            try (OpenStream later = after(before, maria)) {
                await().untilAsserted(() -> assertThat(names(later)).containsExactly("Refresh"));
                office.files("Again", caseRef);
                await().untilAsserted(() -> assertThat(names(his)).containsExactly("Refresh", "AlertRaised"));
                try (OpenStream again = after(his.lastId(), noor)) {
                    await().until(() -> again.comments() > 1);
                    assertThat(again.events()).isEmpty();
                }
            }
            office.removes(caseRef);
            await().untilAsserted(() -> assertThat(names(stays)).containsExactly("AlertRaised", "Refresh"));
        }
    }

    @Test
    void whatBeginsAndEndsAtMidnightOfTheSiteIsToldThen(@Autowired SettableClock clock, @Autowired Sites sites)
            throws Exception {
        String site = "streams-midnight";
        Office eastern = Office.open(site, "ALL", sites);
        AlertsOverHttp lists = new AlertsOverHttp(rest, site);
        String[] users = {user(), user(), user()};
        CaseRef caseRef = Office.aCase();
        List<OpenStream> open = new ArrayList<>();
        try {
            // The night before the clocks change: midnight is at 5:00 UTC, and on the next day at 4:00.
            clock.set("2026-03-08T04:59:59Z");
            eastern.assigns(
                    caseRef,
                    users[0] + " primary - 2026-03-08",
                    users[1] + " primary 2026-03-08 2026-03-09",
                    users[2] + " primary");
            eastern.files("Hello", caseRef);
            await().until(() -> lists.list(users[0]).get("unread").asInt() == 1);
            for (String user : users) {
                open.add(OpenStream.of(
                        port, site, user, TestTokens.token(user, List.of(site), List.of("staff"), YEARS)));
            }
            await().until(() -> open.stream().noneMatch(one -> one.lastId().isEmpty()));
            assertThat(unread(lists, users)).containsExactly(1, 0, 1);

            clock.set("2026-03-08T05:00:00Z");
            await().untilAsserted(() -> assertThat(open.stream().map(AlertStreamTest::names))
                    .containsExactly(List.of("Refresh"), List.of("Refresh"), List.of()));
            assertThat(unread(lists, users)).containsExactly(0, 1, 1);

            clock.set("2026-03-09T03:59:59Z");
            assertThat(unread(lists, users)).containsExactly(0, 1, 1);
            clock.set("2026-03-09T04:00:00Z");
            await().untilAsserted(() -> assertThat(names(open.get(1))).containsExactly("Refresh", "Refresh"));
            assertThat(unread(lists, users)).containsExactly(0, 0, 1);

            Office.open(site, "ALL", "America/Los_Angeles", sites);
            await().untilAsserted(() -> assertThat(names(open.get(1))).hasSize(3));
            assertThat(unread(lists, users)).containsExactly(0, 1, 1);
            assertThat(names(open.get(2))).isEmpty();
        } finally {
            clock.run();
            for (OpenStream stream : open) {
                stream.close();
            }
        }
    }

    private static List<Integer> unread(AlertsOverHttp lists, String... users) {
        return Stream.of(users)
                .map(lists::list)
                .map(list -> {
                    assertThat(list.get("items").size())
                            .isEqualTo(list.get("unread").asInt());
                    return list.get("unread").asInt();
                })
                .toList();
    }

    @Test
    void aReaderWhoIsTooSlowIsCutOff() {
        AlertStream slow = new AlertStream(2, new View(0, new CaseSights.Lens(LocalDate.EPOCH, true)));
        slow.tell(new AlertStream.Told("1", "AlertRaised", "{}"));
        slow.tell(new AlertStream.Told("2", "AlertRaised", "{}"));
        assertThat(slow.hasEnded()).isFalse();
        slow.tell(new AlertStream.Told("3", "AlertRaised", "{}"));
        assertThat(slow.hasEnded()).isTrue();
    }

    @Test
    void aStreamWithoutAFittingTokenIsRefused() {
        assertThat(OpenStream.of(port, SITE, "maria", "nonsense").status()).isEqualTo(401);
        String over = TestTokens.token("maria", List.of(SITE), List.of("staff"), Duration.ofMinutes(-5));
        assertThat(OpenStream.of(port, SITE, "maria", over).status()).isEqualTo(401);
        assertThat(OpenStream.of(port, SITE, "maria", TestTokens.staff("maria", "other"))
                        .status())
                .isEqualTo(404);
        assertThat(OpenStream.of(port, SITE, "maria", TestTokens.staff("noor", SITE))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anAdminFollowsAnybodysAlerts() throws Exception {
        String maria = user();
        CaseRef caseRef = Office.aCase();
        office.assigns(caseRef, maria + " primary");
        try (OpenStream stream = OpenStream.of(port, SITE, maria, AlertsOverHttp.admin(SITE))) {
            office.files("Hello", caseRef);
            await().untilAsserted(() -> assertThat(stream.events()).hasSize(1));
        }
    }

    @Test
    void aStoppingInstanceEndsItsStreams() throws Exception {
        try (OpenStream stream = open(user())) {
            streams.stop();
            await().until(stream::hasEnded);
            OpenStream late = OpenStream.of(port, SITE, "maria", TestTokens.staff("maria", SITE));
            assertThat(late.status()).isEqualTo(503);
        } finally {
            streams.start();
        }
    }
}
