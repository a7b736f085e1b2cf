package org.casewire.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.minute;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.OutboundEvent.Status;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.retention.TextRetention;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.transport.WireJson;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class ErasureTest {

    private static final String SITE = "erasure";
    private static final String SHORT = "short-lived";
    private static final String SECRET = "topsecret";

    private final Upstream site;
    private final Sites sites;
    private final JdbcClient jdbc;
    private final TextRetention retention;
    private final MeterRegistry meters;
    private final RestTestClient rest;
    private final Http staff;
    private final Http admin;

    ErasureTest(Sites sites, JdbcClient jdbc, TextRetention retention, MeterRegistry meters, RestTestClient rest) {
        this.site = new Upstream(SITE, sites, jdbc);
        this.sites = sites;
        this.jdbc = jdbc;
        this.retention = retention;
        this.meters = meters;
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

    /** A site that keeps the words of texts for so many days. */
    private void keepsTextsFor(int days) {
        SiteDocument document = WireJson.MAPPER.readValue(
                "{\"site\":\"%s\",\"keepTextsDays\":%d}".formatted(SHORT, days), SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find(SHORT).filter(document::equals).isPresent());
    }

    @Test
    void textsThatAreOlderThanTheirSiteKeepsThemLoseTheirWordsAndStayInTheLog() {
        keepsTextsFor(36_500);
        Upstream shortLived = new Upstream(SHORT, sites, jdbc);
        Instant old = Instant.now().minus(Duration.ofDays(20));
        String contact = "+14045388731";
        IntStream.range(0, 5).forEach(i -> {
            UUID id = UUID.randomUUID();
            TestLog.write(shortLived.accepted(id, contact, caseRef("E"), old.plusSeconds(i), 1, 1, SECRET + i));
            TestLog.write(shortLived.status(id, contact, caseRef("E"), 1, Status.DELIVERED));
            shortLived.receives(at(SHORT, picture("SM-old-" + i, contact, old.plusSeconds(i)), SECRET));
        });
        shortLived.receives(at(SHORT, picture("SM-smile", contact, old), "\uD83D\uDE42"));
        Instant young = Instant.now().minus(Duration.ofDays(5));
        shortLived.receives(at(SHORT, picture("SM-young", contact, young), "a young " + SECRET));
        await().until(() -> site.count(
                        "SELECT coalesce(sum(sent + received), 0) FROM conversation WHERE site = ? AND contact = ?",
                        SHORT,
                        contact)
                == 12);
        assertThat(retention.eraseWhatIsOld()).isZero();
        assertThat(rowsThatTell(contact)).isEqualTo(7 + 5 + 7 + 7 + 5);

        keepsTextsFor(10);
        double erased = erased();
        await().untilAsserted(() -> {
            retention.eraseWhatIsOld();
            assertThat(rowsThatTell(contact)).isEqualTo(3);
        });
        assertThat(erased() - erased).isEqualTo(11.0);
        assertThat(retention.eraseWhatIsOld()).isZero();
        JsonNode conversation = Http.staff(rest, SHORT).get("/conversations/{c}", contact);
        assertThat(Http.each(conversation, "body"))
                .hasSize(12)
                .filteredOn(String::isEmpty)
                .hasSize(11);
        assertThat(Http.each(conversation, "erased")).filteredOn("true"::equals).hasSize(11);
        assertThat(Http.each(conversation, "status"))
                .filteredOn("DELIVERED"::equals)
                .hasSize(5);
        assertThat(Http.each(Http.staff(rest, SHORT).get("/messages-log?text=" + SECRET), "sid"))
                .containsExactly("SM-young");

        Entry again = shortLived.receives(at(SHORT, picture("SM-again", contact, old), SECRET));
        assertThat(again.json().get("body").asString()).isEmpty();
        assertThat(rowsThatTell(contact)).isEqualTo(3);
    }

    private double erased() {
        return Stream.of("received", "sent")
                .mapToDouble(kind ->
                        meters.counter("casewire.texts.erased", "kind", kind).count())
                .sum();
    }

    private static MessageReceived at(String site, MessageReceived text, String body) {
        return new MessageReceived(
                text.sid(),
                site,
                text.contact(),
                text.to(),
                body,
                text.media(),
                text.segments(),
                text.keyword(),
                text.receivedAt(),
                text.recovered(),
                text.answer(),
                text.attributes());
    }

    @Test
    void aTextThatLeavesAfterItsWordsWereErasedIsInTheLogWithoutThem() {
        UUID messageId = UUID.randomUUID();
        String contact = "+14045388741";
        TestLog.write(site.accepted(messageId, contact, caseRef("E"), minute(1), 1, 1, null));
        await().until(() -> site.knows(messageId));
        assertThat(Http.each(staff.get("/conversations/{c}", contact), "erased"))
                .isSubsetOf("true");
        awaitIndexed(contact, 1);
        assertThat(Http.each(staff.get("/conversations/{c}", contact), "erased"))
                .containsExactly("true");
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
