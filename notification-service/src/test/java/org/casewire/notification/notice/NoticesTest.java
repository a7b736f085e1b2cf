package org.casewire.notification.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.notification.Diary;
import org.casewire.notification.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Every test has a site of its own: a site's managers hear of everything. */
@ServiceTest
class NoticesTest {

    private static final List<String> KINDS = List.of(
            "MESSAGE_POSTED_CLIENT",
            "MESSAGE_POSTED_STAFF",
            "EVENT_STARTED_CLIENT",
            "SERVICE_REQUESTED_MANAGERS",
            "SERVICE_CHANGE_REQUESTED_MANAGERS",
            "SERVICE_CANCEL_REQUESTED_MANAGERS",
            "STAFF_LATE_SELF",
            "STAFF_LATE_MANAGERS");

    private final Sites sites;
    private final SettableClock clock;
    private final JdbcClient jdbc;
    private final String client = Diary.aMobile();
    private final String staff = Diary.aMobile();
    private final String manager = Diary.aMobile();
    private final String admin = Diary.aMobile();

    NoticesTest(Sites sites, SettableClock clock, JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.sites = sites;
        this.clock = clock;
    }

    @AfterEach
    void timeRunsAgain() {
        clock.run();
    }

    private Diary open(String name, String notices) {
        Diary diary = Diary.open(name, sites, ",\"notices\":{" + notices + "}");
        diary.profile("ana", "\"mobile\":\"" + staff + "\",\"roles\":[\"STAFF\"]");
        diary.profile("mia", "\"mobile\":\"" + manager + "\",\"roles\":[\"STAFF\",\"MANAGER\"]");
        diary.profile("ada", "\"mobile\":\"" + admin + "\",\"roles\":[\"ADMIN\"]");
        return diary;
    }

    private static String allOn() {
        return String.join(
                ",",
                KINDS.stream().map(kind -> "\"" + kind + "\":{\"on\":true}").toList());
    }

    private static void reports(Diary diary, String id, String fields) {
        TestLog.write(Topics.ACTIVITY, diary.site() + "|" + id, "ActivityReported", """
                {"site":"%s","activityId":"%s","at":"%s",%s}""".formatted(
                        diary.site(), id, Instant.now(), fields));
    }

    /** Everything that was reported up to here has been told. */
    private static void awaitTold(Diary diary) {
        String marker = Diary.aMobile();
        reports(diary, Diary.anId("marker"), "\"type\":\"EVENT_STARTED\",\"contact\":\"" + marker + "\"");
        await().untilAsserted(() -> assertThat(diary.asked(marker)).hasSize(1));
    }

    private static JsonNode only(Diary diary, String mobile) {
        await().untilAsserted(() -> assertThat(diary.asked(mobile)).isNotEmpty());
        assertThat(diary.asked(mobile)).hasSize(1);
        return diary.asked(mobile).getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    MESSAGE_POSTED           ~ client staff  ~ New message from Maria Ortiz: Please call
                    EVENT_STARTED            ~ client        ~ Legal Aid: Walk has started.
                    SERVICE_REQUESTED        ~ manager admin ~ Service requested: Walk
                    SERVICE_CHANGE_REQUESTED ~ manager admin ~ Change requested: Walk
                    SERVICE_CANCEL_REQUESTED ~ manager admin ~ Cancellation requested: Walk
                    STAFF_LATE               ~ self manager admin ~ Maria Ortiz is late for Walk.
                    """)
    void eachActivityIsToldToThoseItConcerns(String type, String audience, String words) {
        Diary diary = open("notices-" + type.toLowerCase().replace('_', '-'), allOn());
        reports(diary, "a1", """
                "type":"%s","userId":"ana","recipients":["ana"],"contact":"%s",
                "values":{"title":"Walk","text":"Please call"}""".formatted(type, client));
        awaitTold(diary);
        await().untilAsserted(() -> {
            assertThat(diary.asked(client)).hasSize(audience.contains("client") ? 1 : 0);
            assertThat(diary.asked(staff)).hasSize(audience.contains("staff") || audience.contains("self") ? 1 : 0);
            assertThat(diary.asked(manager)).hasSize(audience.contains("manager") ? 1 : 0);
            assertThat(diary.asked(admin)).hasSize(audience.contains("admin") ? 1 : 0);
        });
        String last = audience.contains("admin") ? admin : audience.contains("staff") ? staff : client;
        JsonNode text = only(diary, last);
        assertThat(text.get("body").asString()).isEqualTo(words);
        assertThat(text.get("purpose").asString()).isEqualTo("NOTIFICATION");
        assertThat(text.get("audience").asString()).isEqualTo(last.equals(client) ? "CLIENT" : "STAFF");
        assertThat(UUID.fromString(text.get("messageId").asString()).version()).isEqualTo(5);
        if (audience.contains("self")) {
            assertThat(only(diary, staff).get("body").asString()).isEqualTo("You are late for Walk.");
        }
    }

    @Test
    void onesOwnNoticeWinsOverAManagersAndRepeatsAreOne() {
        Diary diary = open("notices-own", allOn());
        diary.profile("two", "\"mobile\":\"" + manager + "\",\"roles\":[\"MANAGER\"]");
        for (int i = 0; i < 3; i++) {
            reports(diary, "a1", "\"type\":\"STAFF_LATE\",\"userId\":\"mia\"");
        }
        awaitTold(diary);
        assertThat(only(diary, manager).get("body").asString()).isEqualTo("You are late for your event.");
        assertThat(only(diary, admin).get("body").asString()).isEqualTo("Maria Ortiz is late for an event.");
        assertThat(diary.asked(staff)).isEmpty();
    }

    @Test
    void nobodyIsToldWhoDoesNotWantItOrOfWhatIsSwitchedOff() {
        Diary diary = open(
                "notices-off", "\"SERVICE_REQUESTED_MANAGERS\":{\"on\":true},\"EVENT_STARTED_CLIENT\":{\"on\":true}");
        diary.profile("mia", "\"mobile\":\"" + manager + "\",\"roles\":[\"MANAGER\"],\"textingEnabled\":false");
        diary.profile("off", "\"mobile\":\"" + staff + "\",\"roles\":[\"MANAGER\"],\"active\":false");
        diary.profile("bare", "\"roles\":[\"ADMIN\"]");
        reports(diary, "a1", "\"type\":\"SERVICE_REQUESTED\"");
        reports(diary, "a2", "\"type\":\"SERVICE_CANCEL_REQUESTED\"");
        reports(diary, "a3", "\"type\":\"MESSAGE_POSTED\",\"recipients\":[\"ana\"],\"contact\":\"" + client + "\"");
        awaitTold(diary);
        assertThat(only(diary, admin).get("body").asString()).isEqualTo("A client requested a service.");
        assertThat(diary.asked(manager)).isEmpty();
        assertThat(diary.asked(staff)).isEmpty();
        assertThat(diary.asked(client)).isEmpty();
    }

    @Test
    void theSitesWordsAreUsedWhereTheActivityBringsTheirValues() {
        Diary diary = open(
                "notices-words",
                "\"EVENT_STARTED_CLIENT\":{\"on\":true,\"text\":\"{pet} is out with {walker} ({case})\"}");
        String other = Diary.aMobile();
        reports(diary, "a1", """
                "type":"EVENT_STARTED","contact":"%s","caseRef":{"kind":"CASE","id":"16E-1"},
                "values":{"pet":"Rex {case}","walker":"Ana"}""".formatted(client));
        reports(diary, "a2", "\"type\":\"EVENT_STARTED\",\"contact\":\"" + other + "\",\"values\":{\"pet\":\"Rex\"}");
        assertThat(only(diary, client).get("body").asString()).isEqualTo("Rex {case} is out with Ana (16E-1)");
        assertThat(only(diary, client).get("caseRef").get("id").asString()).isEqualTo("16E-1");
        assertThat(only(diary, other).get("body").asString()).isEqualTo("Legal Aid: your visit has started.");
    }

    @Test
    void manyAtOnceBecomeOneText() {
        Diary diary = open("notices-many", allOn());
        Instant now = Instant.now();
        clock.set(now.toString());
        for (int i = 0; i < 30; i++) {
            reports(diary, "a" + i, "\"type\":\"SERVICE_REQUESTED\",\"values\":{\"title\":\"Walk " + i + "\"}");
        }
        awaitTold(diary);
        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT told FROM notice_windows WHERE mobile = :mobile")
                        .param("mobile", manager)
                        .query(Integer.class)
                        .list())
                .containsExactly(30));
        int atOnce = diary.asked(manager).size();
        assertThat(atOnce).isLessThanOrEqualTo(10);
        clock.set(now.plusSeconds(61).toString());
        await().untilAsserted(() -> assertThat(diary.asked(manager)).hasSize(atOnce + 1));
        String digest = diary.asked(manager).getLast().get("body").asString();
        assertThat(digest)
                .startsWith((30 - atOnce) + " notices:\n- Service requested: Walk ")
                .endsWith("and " + (30 - atOnce - 5) + " more");
        clock.set(now.plusSeconds(300).toString());
        reports(diary, "later", "\"type\":\"SERVICE_REQUESTED\"");
        await().untilAsserted(() -> assertThat(diary.asked(manager)).hasSize(atOnce + 2));
        assertThat(diary.asked(manager).stream().map(one -> one.get("messageId").asString()))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsLongOverIsNotTold() {
        Diary diary = open("notices-late", allOn());
        clock.set(Instant.now().plusSeconds(3 * 3_600).toString());
        reports(diary, "a1", "\"type\":\"STAFF_LATE\",\"userId\":\"ana\"");
        awaitTold(diary);
        assertThat(diary.asked(staff)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
                    "type":"EARTHQUAKE"                     ~ type is not one of
                    "userId":"ana"                          ~ type is missing
                    "type":"STAFF_LATE","at":"noon"         ~ at is
                    "type":"STAFF_LATE","recipients":["a|b"] ~ recipients[0] must be
                    """)
    void anActivityThatCannotBeReadIsADeadLetterThatNamesTheField(String fields, String reason) {
        String id = Diary.anId("a");
        TestLog.write(Topics.ACTIVITY, "notices-bad|" + id, "ActivityReported", """
                {"site":"notices-bad","activityId":"%s",%s}""".formatted(id, fields));
        assertThat(reasonOf("notices-bad|" + id)).contains(reason);
    }

    @Test
    void anActivityOfASiteThatIsNotThereIsADeadLetter() {
        String id = Diary.anId("a");
        TestLog.write(Topics.ACTIVITY, "nowhere|" + id, "ActivityReported", """
                {"site":"nowhere","activityId":"%s","type":"STAFF_LATE"}""".formatted(id));
        assertThat(reasonOf("nowhere|" + id)).contains("site is unknown");
    }

    private static String reasonOf(String key) {
        return TestLog.await("sms.activity.dlt", 1, one -> one.key().equals(key))
                .getFirst()
                .headers()
                .get("x-reason");
    }
}
