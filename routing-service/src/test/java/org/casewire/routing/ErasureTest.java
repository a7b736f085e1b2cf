package org.casewire.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.minute;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.OutboundEvent.Status;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class ErasureTest {

    private static final String SITE = "erasure";
    private static final String SECRET = "topsecret";

    private final Upstream site;
    private final JdbcClient jdbc;
    private final RestTestClient rest;
    private final Http staff;
    private final Http admin;

    ErasureTest(Sites sites, JdbcClient jdbc, RestTestClient rest) {
        this.site = new Upstream(SITE, sites, jdbc);
        this.jdbc = jdbc;
        this.rest = rest;
        this.staff = Http.staff(rest, SITE);
        this.admin = Http.as(rest, SITE, "sam", "admin");
    }

    private MessageReceived picture(String sid, String contact, Instant at) {
        return new MessageReceived(
                sid,
                SITE,
                contact,
                Upstream.OFFICE,
                SECRET + " " + sid,
                List.of(new Media("https://api.twilio.com/" + SECRET, "image/png")),
                1,
                Keyword.NONE,
                at,
                true,
                "we got your " + SECRET,
                Map.of());
    }

    private UUID sends(String contact, Instant at) {
        UUID messageId = UUID.randomUUID();
        TestLog.write(site.accepted(messageId, contact, caseRef("E"), at, 1, 1, SECRET + " from us"));
        await().until(() -> site.knows(messageId));
        return messageId;
    }

    private void awaitIndexed(String contact, int texts) {
        await().until(() -> site.count(
                        "SELECT coalesce(sum(sent + received), 0) FROM conversation WHERE site = ? AND contact = ?",
                        SITE,
                        contact)
                == texts);
    }

    /** Every column of every table that could hold what a person wrote. */
    private long rowsThatTell(String contact) {
        return site.count(
                        "SELECT count(*) FROM reply WHERE contact = ? AND reply::text LIKE '%" + SECRET + "%'", contact)
                + site.count(
                        "SELECT count(*) FROM sent_message WHERE contact = ? AND sent_message::text LIKE '%" + SECRET
                                + "%'",
                        contact)
                + site.count("SELECT count(*) FROM document WHERE contact = ?", contact)
                + site.count("SELECT count(*) FROM reply_words JOIN reply USING (site, sid) WHERE contact = ?", contact)
                + site.count(
                        "SELECT count(*) FROM sent_words JOIN sent_message USING (site, message_id) WHERE contact = ?",
                        contact);
    }

    @Test
    void wordsFilesAndWhatFindsThemAreGoneAtOnceAndTheOthersAreTold() {
        String contact = "+14045388701";
        String other = "+14045388702";
        sends(contact, minute(1));
        site.receives(picture("SM-e1", contact, minute(2)));
        site.receives(picture("SM-e2", other, minute(2)));
        awaitIndexed(contact, 2);
        awaitIndexed(other, 1);
        assertThat(rowsThatTell(contact)).isEqualTo(5);

        JsonNode told = Http.body(admin.delete("/contacts/{c}/texts", "404-538-8701"));
        assertThat(told.get("contact").asString()).isEqualTo(contact);
        assertThat(told.get("received").asInt()).isEqualTo(1);
        assertThat(told.get("sent").asInt()).isEqualTo(1);
        assertThat(told.get("files").asInt()).isEqualTo(1);
        assertThat(rowsThatTell(contact)).isZero();
        assertThat(rowsThatTell(other)).isEqualTo(3);
        assertThat(Http.each(staff.get("/messages-log?text=" + SECRET), "contact"))
                .containsExactly(other);
        JsonNode conversation = staff.get("/conversations/{c}", contact);
        assertThat(Http.each(conversation, "body")).containsExactly("", "");
        assertThat(Http.each(conversation, "erased")).containsExactly("true", "true");
        assertThat(Http.each(staff.get("/cases/CASE/E/messages"), "contact")).contains(contact);

        Entry event = TestLog.await(
                        Topics.REPLIES,
                        1,
                        entry -> entry.event().equals("TextsErased")
                                && entry.key().equals(SITE + "|" + contact))
                .getFirst();
        assertThat(event.json().get("by").asString()).isEqualTo("sam");
        assertThat(event.json().get("at").asString()).isEqualTo(told.get("at").asString());
        JsonNode again = Http.body(admin.delete("/contacts/{c}/texts", contact));
        assertThat(again.get("received").asInt() + again.get("sent").asInt()).isZero();
    }

    @Test
    void whatTheLogBringsOfOlderTextsLaterStaysWithoutItsWords() {
        String contact = "+14045388711";
        UUID before = sends(contact, minute(1));
        Http.body(admin.delete("/contacts/{c}/texts", contact));

        TestLog.write(site.accepted(before, contact, caseRef("E"), minute(1), 1, 1, SECRET));
        TestLog.write(site.status(before, contact, caseRef("E"), 1, Status.DELIVERED));
        sends(contact, minute(2));
        Entry filed = site.receives(picture("SM-late", contact, minute(3)));
        assertThat(filed.json().get("body").asString()).isEmpty();
        assertThat(filed.json().get("media").isEmpty()).isTrue();
        awaitIndexed(contact, 3);
        assertThat(rowsThatTell(contact)).isZero();

        site.receives(site.text("SM-new", contact, "a new text", Instant.now().plusSeconds(1), false));
        sends(contact, Instant.now().plusSeconds(1));
        awaitIndexed(contact, 5);
        assertThat(Http.each(staff.get("/conversations/{c}", contact), "body"))
                .containsExactlyInAnyOrder("a new text", SECRET + " from us", "", "", "");
    }

    @Test
    void onlyAnAdminOfTheSiteErases() {
        Http.problem(staff.delete("/contacts/{c}/texts", "+14045388721"), 403);
        Http.problem(Http.as(rest, SITE, "upstream", "service").delete("/contacts/{c}/texts", "+14045388721"), 403);
        Http.problem(Http.as(rest, "elsewhere", "eve", "admin").at(SITE).delete("/contacts/{c}/texts", "+1"), 404);
        assertThat(Http.problem(admin.delete("/contacts/{c}/texts", " "), 400)
                        .get("detail")
                        .asString())
                .contains("contact");
        assertThat(jdbc.sql("SELECT count(*) FROM erased_texts WHERE contact = '+14045388721'")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
