package org.casewire.routing.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.minute;
import static org.casewire.routing.Upstream.mobile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.routing.Http;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class AssignmentTest {

    private static final String SITE = "assignment";
    private static final AtomicInteger TEXTS = new AtomicInteger();

    private final Upstream site;
    private final Http http;
    private final RestTestClient rest;

    AssignmentTest(Sites sites, JdbcClient jdbc, RestTestClient rest) {
        this.site = new Upstream(SITE, sites, jdbc);
        this.rest = rest;
        this.http = Http.staff(rest, SITE);
    }

    @BeforeEach
    void twoCasesAreThere() {
        if (site.count("SELECT count(*) FROM case_file WHERE site = ?", SITE) == 0) {
            site.tellsOf(caseRef("1"), mobile("+14045380001"), minute(0), minute(0));
            site.tellsOf(caseRef("2"), mobile("+14045380002"), minute(0), minute(0));
            site.tellsOf(caseRef("GONE"), mobile("+14045380003"), minute(0), minute(0));
            site.buries(caseRef("GONE"));
        }
    }

    private String aTextOfAStranger() {
        String sid = "SM-a" + TEXTS.incrementAndGet();
        site.receives(sid, "+14045389999", "hello");
        return sid;
    }

    private static String cases(String... ids) {
        List<String> refs = new ArrayList<>();
        for (String id : ids) {
            refs.add("{\"kind\":\"CASE\",\"id\":\"" + id + "\"}");
        }
        return "{\"cases\":[" + String.join(",", refs) + "]}";
    }

    private JsonNode assign(String sid, String body) {
        return Http.body(http.post("/received/" + sid + "/assignment", body));
    }

    @Test
    void aPersonFilesWhatNobodyCouldAndMovesItOn() {
        String sid = aTextOfAStranger();
        assertThat(http.get("/received/" + sid).get("state").asString()).isEqualTo("UNASSIGNED");

        JsonNode filed = assign(sid, cases("1", "2"));
        assertThat(filed.get("state").asString()).isEqualTo("ASSIGNED");
        assertThat(filed.at("/cases/1/id").asString()).isEqualTo("2");
        assertThat(filed.get("movedBy").asString()).isEqualTo("maria");
        assertThat(filed.get("explanation")
                        .values()
                        .toArray()[filed.get("explanation").size() - 1]
                        .toString())
                .contains("maria");
        JsonNode moved = assign(sid, cases("2"));
        assertThat(moved.get("moves")).hasSize(2);
        assertThat(moved.at("/moves/0/from/cases").isEmpty()).isTrue();
        assertThat(moved.at("/moves/1/from/cases")).hasSize(2);
        assertThat(moved.at("/moves/1/to/cases/0/id").asString()).isEqualTo("2");
        assertThat(moved.at("/moves/1/by").asString()).isEqualTo("maria");

        List<Entry> told = site.replies(sid, 3);
        assertThat(told).extracting(Entry::event).containsExactly("ReplyUnassigned", "ReplyAssigned", "ReplyAssigned");
        assertThat(Upstream.casesOf(told.get(1))).containsExactly("1", "2");
        assertThat(told.get(1).json().get("removed").isEmpty()).isTrue();
        assertThat(told.get(2).json().at("/removed/0/id").asString()).isEqualTo("1");
        assertThat(told.get(2).json().get("removed")).hasSize(1);
        assertThat(told.get(2).json().get("by").asString()).isEqualTo("maria");
        assertThat(Http.each(http.get("/cases/CASE/2/messages"), "sid")).contains(sid);
        assertThat(Http.each(http.get("/cases/CASE/1/messages"), "sid")).doesNotContain(sid);
    }

    @Test
    void withAContactOrAUserATextIsOffTheListOfThoseThatWait() {
        String sid = aTextOfAStranger();
        assign(sid, cases("1"));
        JsonNode withUser = assign(sid, "{\"userId\":\"sam\"}");
        assertThat(withUser.get("state").asString()).isEqualTo("ASSIGNED");
        assertThat(withUser.get("userId").asString()).isEqualTo("sam");
        assertThat(withUser.get("cases").isEmpty()).isTrue();
        assertThat(assign(sid, "{\"contactId\":\"c-1\",\"userId\":null}")
                        .get("userId")
                        .isNull())
                .isTrue();

        List<Entry> told = site.replies(sid, 4);
        assertThat(told.get(2).json().get("userId").asString()).isEqualTo("sam");
        assertThat(told.get(2).json().at("/removed/0/id").asString()).isEqualTo("1");
        assertThat(told.get(3).json().get("contactId").asString()).isEqualTo("c-1");
        assertThat(Http.each(http.get("/received?state=UNASSIGNED"), "sid")).doesNotContain(sid);
        assertThat(Http.each(http.get("/received?state=ASSIGNED"), "sid")).contains(sid);
    }

    @Test
    void theSameAgainChangesNothingAndTellsNothing() {
        String sid = aTextOfAStranger();
        assign(sid, cases("1", "2"));
        JsonNode again = assign(sid, cases("2", "1", "2"));
        assertThat(again.get("version").asInt()).isEqualTo(1);
        assertThat(again.get("moves")).hasSize(1);
        assign(sid, cases("2"));
        assertThat(site.replies(sid, 3)).hasSize(3);
    }

    @Test
    void theLaterOfTwoWhoDecideAtOnceIsToldSo() {
        String sid = aTextOfAStranger();
        String tag = http.ask("/received/" + sid)
                .expectStatus()
                .isOk()
                .returnResult()
                .getResponseHeaders()
                .getETag();
        http.post("/received/" + sid + "/assignment", cases("1"), tag)
                .expectStatus()
                .isOk();
        JsonNode problem = Http.problem(http.post("/received/" + sid + "/assignment", cases("2"), tag), 412);
        assertThat(problem.get("code").asString()).isEqualTo("CHANGED_MEANWHILE");
        assertThat(http.get("/received/" + sid).at("/cases/0/id").asString()).isEqualTo("1");
        http.post("/received/" + sid + "/assignment", cases("2")).expectStatus().isOk();
    }

    @Test
    void twoAtOnceBothCountOneAfterTheOther() throws InterruptedException {
        String sid = aTextOfAStranger();
        List<Thread> rivals = List.of("1", "2", "1", "2", "1", "2").stream()
                .map(id -> Thread.startVirtualThread(() -> assign(sid, cases(id))))
                .toList();
        for (Thread rival : rivals) {
            rival.join();
        }
        JsonNode text = http.get("/received/" + sid);
        int moves = text.get("version").asInt();
        assertThat(text.get("moves")).hasSize(moves);
        List<Entry> told = site.replies(sid, moves + 1);
        assertThat(told).hasSize(moves + 1);
        for (int i = 2; i <= moves; i++) {
            assertThat(told.get(i).json().at("/removed/0/id").asString())
                    .isEqualTo(Upstream.casesOf(told.get(i - 1)).getFirst());
            assertThat(Instant.parse(told.get(i).json().get("at").asString()))
                    .isAfter(Instant.parse(told.get(i - 1).json().get("at").asString()));
        }
        assertThat(Upstream.casesOf(told.getLast()))
                .containsExactly(text.at("/cases/0/id").asString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    {}                                                          ~ cases, contactId and userId
                    []                                                          ~ object
                    {"cases":[]}                                                ~ cases
                    {"cases":null}                                              ~ cases
                    {"cases":"CASE|1"}                                          ~ cases
                    {"cases":["1"]}                                             ~ cases[0]
                    {"cases":[{"kind":"CASE","id":"1"},{"kind":"FILE","id":"1"}]} ~ cases[1].kind
                    {"cases":[{"kind":"CASE"}]}                                 ~ cases[0].id
                    {"cases":[{"kind":"CASE","id":"a/b"}]}                      ~ cases[0].id
                    {"cases":[{"kind":"CASE","id":"1"},{"kind":"CASE","id":"NONE"}]} ~ cases[1]
                    {"cases":[{"kind":"CASE","id":"GONE"}]}                     ~ cases[0]
                    {"contactId":"c-1","userId":"sam"}                          ~ contactId and userId
                    {"contactId":" "}                                           ~ contactId
                    {"userId":7}                                                ~ userId
                    {"caseRef":{"kind":"CASE","id":"1"}}                        ~ caseRef
                    {"cases":                                                   ~ JSON
                    """)
    void whatIsWrongWithAnAssignmentIsNamed(String body, String named) {
        String sid = aTextOfAStranger();
        JsonNode problem = Http.problem(http.post("/received/" + sid + "/assignment", body), 400);
        assertThat(problem.get("detail").asString()).contains(named);
        assertThat(problem.get("code").asString()).isIn("INVALID_REQUEST", "UNKNOWN_CASE");
        assertThat(http.get("/received/" + sid).get("version").asInt()).isZero();
    }

    @Test
    void aCaseNobodyToldOfThatHasSentATextIsGoodEnough() {
        site.texts(caseRef("HEARSAY"), "+14045380009", minute(1));
        assertThat(assign(aTextOfAStranger(), cases("HEARSAY"))
                        .at("/cases/0/id")
                        .asString())
                .isEqualTo("HEARSAY");
    }

    @Test
    void onlyStaffOfTheSiteMoveItsTexts() {
        String sid = aTextOfAStranger();
        String path = "/received/" + sid + "/assignment";
        Http.problem(Http.as(rest, SITE, "demo-upstream", "service").post(path, cases("1")), 403);
        Http.problem(Http.as(rest, "elsewhere", "eve", "staff").at(SITE).post(path, cases("1")), 404);
        Http.problem(http.post("/received/SM-nowhere/assignment", cases("1")), 404);
        Http.problem(http.ask("/received/SM-nowhere"), 404);
        Http.body(Http.as(rest, SITE, "sam", "admin").post(path, cases("1")));
    }
}
