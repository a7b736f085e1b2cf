package org.casewire.routing.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.minute;
import static org.casewire.routing.Upstream.mobile;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Topics;
import org.casewire.events.UserEvent.UserChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.routing.Http;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class ConversationTest {

    private final Sites sites;
    private final JdbcClient jdbc;
    private final RestTestClient rest;

    ConversationTest(Sites sites, JdbcClient jdbc, RestTestClient rest) {
        this.sites = sites;
        this.jdbc = jdbc;
        this.rest = rest;
    }

    private static void user(String site, String id, String name, String mobile) {
        TestLog.write(new UserChanged(site, id, name, null, mobile, List.of(), true, true, Instant.now()));
    }

    private static void says(String site, String contact, State state, Source source, Instant at) {
        TestLog.write(new ConsentChanged(site, contact, state, source, List.of(), null, at));
    }

    @Test
    void theLatestConversationStandsFirstWithItsLastTextAndItsCounts() {
        Upstream site = new Upstream("conversations", sites, jdbc);
        Http http = Http.staff(rest, "conversations");
        site.texts(caseRef("1"), "+14045388101", minute(1));
        site.receives(site.text("SM-c1", "+14045388101", "first", minute(2), true));
        site.texts(caseRef("1"), "+14045388102", minute(3));
        site.receives(site.text("SM-c2", "+14045388101", "second", minute(5), true));
        site.receives(site.text("SM-c3", "72975", "your code", minute(4), true));
        await().untilAsserted(() -> assertThat(Http.each(http.get("/conversations"), "contact"))
                .containsExactly("+14045388101", "72975", "+14045388102"));
        JsonNode list = http.get("/conversations");
        assertThat(list.at("/items/0/received").asInt()).isEqualTo(2);
        assertThat(list.at("/items/0/sent").asInt()).isEqualTo(1);
        assertThat(list.at("/items/0/last/body").asString()).isEqualTo("second");
        assertThat(list.at("/items/2/last/body").asString()).isEqualTo("hello");
        assertThat(list.at("/items/2/last/direction").asString()).isEqualTo("SENT");
        assertThat(list.at("/items/0/consent/state").asString()).isEqualTo("UNKNOWN");

        JsonNode page = http.get("/conversations?limit=2");
        assertThat(Http.each(page, "contact")).containsExactly("+14045388101", "72975");
        assertThat(Http.each(
                        http.get(
                                "/conversations?limit=2&cursor={c}",
                                page.get("next").asString()),
                        "contact"))
                .containsExactly("+14045388102");
    }

    @Test
    void whatIsToldTwiceIsCountedOnce() {
        Upstream site = new Upstream("counted-once", sites, jdbc);
        String client = "+14045388111";
        UUID messageId = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            TestLog.write(site.accepted(messageId, client, caseRef("1"), minute(1)));
            TestLog.write(site.text("SM-twice", client, "hello", minute(2), true));
        }
        site.settles(client);
        await().until(() ->
                site.count("SELECT count(*) FROM conversation WHERE site = ? AND received = 2", "counted-once") == 1);
        assertThat(site.count("SELECT sent FROM conversation WHERE site = ?", "counted-once"))
                .isEqualTo(2);
    }

    @Test
    void aConversationShowsWhoWroteItsCasesAndItsConsent() {
        Upstream site = new Upstream("one-conversation", sites, jdbc);
        Http http = Http.staff(rest, "one-conversation");
        String client = "+14045388121";
        user("one-conversation", "maria", "Maria Lopez", "+14045389901");
        site.tellsOf(caseRef("HOLDS"), mobile("404-538-8121"), minute(0), minute(0));
        site.texts(caseRef("SENT"), client, minute(1));
        site.receives(site.text("SM-whole", client, "yes", minute(2), true));
        says("one-conversation", client, State.OPTED_IN, Source.STAFF, minute(1));
        says("one-conversation", client, State.OPTED_OUT, Source.KEYWORD, minute(5));
        says("one-conversation", client, State.OPTED_IN, Source.UPSTREAM, minute(6));
        await().untilAsserted(() -> assertThat(http.get("/conversations/{c}", client)
                        .at("/consent/source")
                        .asString())
                .isEqualTo("KEYWORD"));
        await().untilAsserted(() -> assertThat(http.get("/conversations/{c}", client)
                        .at("/items/1/sentByName")
                        .asString())
                .isEqualTo("Maria Lopez"));

        for (String written : List.of(client, "404-538-8121", "(404) 538-8121")) {
            JsonNode whole = http.get("/conversations/{c}", written);
            assertThat(whole.get("contact").asString()).isEqualTo(client);
            assertThat(Http.each(whole, "body")).containsExactly("yes", "hello");
        }
        JsonNode whole = http.get("/conversations/{c}", client);
        assertThat(whole.at("/consent/state").asString()).isEqualTo("OPTED_OUT");
        assertThat(whole.at("/items/1/sentBy").asString()).isEqualTo("maria");
        assertThat(whole.at("/items/0/cases/0/id").asString()).isEqualTo("SENT");
        assertThat(whole.at("/cases/0/id").asString()).isEqualTo("SENT");
        assertThat(whole.at("/cases/1/id").asString()).isEqualTo("HOLDS");
        assertThat(whole.get("colleague").isNull()).isTrue();
    }

    @Test
    void textsFromAndToAColleagueShowAsSuch() {
        Upstream site = new Upstream("colleagues", sites, jdbc);
        Http http = Http.staff(rest, "colleagues");
        user("colleagues", "sam", "Sam Ode", "(404) 538-8131");
        site.texts(caseRef("1"), "+14045388131", minute(1));
        site.receives(site.text("SM-sam", "+14045388131", "on my way", minute(2), true));
        await().untilAsserted(() -> assertThat(Http.each(http.get("/cases/CASE/1/messages"), "/colleague/userId"))
                .containsExactly("sam", "sam"));
        assertThat(http.get("/conversations/{c}", "+14045388131")
                        .at("/colleague/name")
                        .asString())
                .isEqualTo("Sam Ode");
        TestLog.write(Topics.USERS, "colleagues|sam", "UserChanged", null);
        await().untilAsserted(() -> assertThat(http.get("/conversations/{c}", "+14045388131")
                        .get("colleague")
                        .isNull())
                .isTrue());
    }

    @Test
    void aNumberNobodyTextedWithHasNoTexts() {
        new Upstream("silence", sites, jdbc);
        JsonNode whole = Http.staff(rest, "silence").get("/conversations/{c}", "+14045388199");
        assertThat(whole.get("items").isEmpty()).isTrue();
        assertThat(whole.get("sent").asInt()).isZero();
        assertThat(whole.at("/consent/state").asString()).isEqualTo("UNKNOWN");
    }
}
