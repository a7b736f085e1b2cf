package org.casewire.notification;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.transport.WireJson;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

/** A site with a calendar: the upstream writes entries and users, the onlooker sees what is asked to be sent. */
public final class Diary {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    static {
        // A busy machine is slow, not wrong.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    private final String site;

    private Diary(String site) {
        this.site = site;
    }

    /** A site that reminds attendees, in New York unless its settings say otherwise. */
    public static Diary open(String site, Sites sites, String settings) {
        SiteDocument document = WireJson.MAPPER.readValue("""
                {"site":"%s","displayName":"Legal Aid","timeZone":"America/New_York",
                 "reminders":{"attendees":true}%s}""".formatted(site, settings), SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find(site).filter(document::equals).isPresent());
        return new Diary(site);
    }

    public String site() {
        return site;
    }

    public static String anId(String prefix) {
        return prefix + "-" + NUMBERS.incrementAndGet() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A number of its own. */
    public static String aMobile() {
        return "+1404538%04d".formatted(1000 + NUMBERS.incrementAndGet());
    }

    /** A user who can be texted; waits until the service knows the profile. */
    public String aUser(String mobile) {
        String user = anId("u");
        profile(user, "\"mobile\":\"" + mobile + "\"");
        return user;
    }

    /** The upstream says who the user is, by the fields that matter. */
    public void profile(String user, String fields) {
        TestLog.write(Topics.USERS, site + "|" + user, "UserChanged", """
                {"site":"%s","userId":"%s","name":"Maria Ortiz","updatedAt":"%s",%s}""".formatted(site, user, Instant.now(), fields));
    }

    /** The upstream writes an entry, by its fields. */
    public void writes(String entry, String fields) {
        writesAt(Instant.now().toString(), entry, fields);
    }

    public void writesAt(String updatedAt, String entry, String fields) {
        TestLog.write(Topics.CALENDAR, site + "|" + entry, "CalendarEntryChanged", """
                {"site":"%s","entryId":"%s","title":"Hearing","updatedAt":"%s",%s}""".formatted(
                        site, entry, updatedAt, fields));
    }

    public void deletes(String entry) {
        TestLog.write(Topics.CALENDAR, site + "|" + entry, "CalendarEntryChanged", null);
    }

    /** {@code "startsAt":…,"attendees":[…],"remindBefore":[…]} */
    public static String event(String startsAt, String attendees, String remindBefore) {
        return """
                "startsAt":"%s","attendees":%s,"remindBefore":%s""".formatted(startsAt, list(attendees), list(remindBefore));
    }

    public static String list(String words) {
        return Arrays.stream(words.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> '"' + word + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** What was asked to be sent or taken back, to that number, in order. */
    public List<JsonNode> asked(String mobile) {
        return TestLog.all(Topics.SEND_QUEUE, one -> one.key().equals(site + "|" + mobile)).stream()
                .map(Entry::json)
                .toList();
    }

    public List<String> askedKinds(String mobile) {
        return TestLog.all(Topics.SEND_QUEUE, one -> one.key().equals(site + "|" + mobile)).stream()
                .map(Entry::event)
                .toList();
    }

    public JsonNode list(RestTestClient http, String query) {
        return AlertsOverHttp.body(http.get()
                .uri("/api/sites/" + site + "/reminders" + query)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", site)))
                .exchange()
                .expectStatus()
                .isOk());
    }

    /** Each reminder of an entry as {@code PT1H PENDING} or {@code PT1H NOT_SENT NO_MOBILE}, latest moment first. */
    public List<String> standing(RestTestClient http, String entry) {
        return list(http, "?limit=500&entry=" + entry)
                .get("items")
                .valueStream()
                .map(one -> one.get("remindBefore").asString() + " "
                        + one.get("state").asString()
                        + (one.get("reason").isNull()
                                ? ""
                                : " " + one.get("reason").asString()))
                .toList();
    }
}
