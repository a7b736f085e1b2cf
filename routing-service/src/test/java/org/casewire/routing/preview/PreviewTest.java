package org.casewire.routing.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.home;
import static org.casewire.routing.Upstream.intake;
import static org.casewire.routing.Upstream.minute;
import static org.casewire.routing.Upstream.mobile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.casewire.events.CaseRef;
import org.casewire.events.CaseRef.Kind;
import org.casewire.events.Matching;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest
class PreviewTest {

    private static final List<String> NUMBERS =
            IntStream.range(0, 6).mapToObj(i -> "+1404538330" + i).toList();

    private final Sites sites;
    private final JdbcClient jdbc;
    private final RestTestClient http;

    PreviewTest(Sites sites, JdbcClient jdbc, RestTestClient http) {
        this.sites = sites;
        this.jdbc = jdbc;
        this.http = http;
    }

    private RestTestClient.ResponseSpec get(String site, String query) {
        return http.get()
                .uri("/api/sites/" + site + "/matching/preview" + query)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", site)))
                .exchange();
    }

    private JsonNode preview(String site, String query) {
        return get(site, query)
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
    }

    private Upstream site(String name, String strategy) {
        Upstream site = new Upstream(name, sites, jdbc);
        site.settings(strategy, "US");
        return site;
    }

    /** The same history at any site: shared numbers, cases that go, replies in between, one that overtakes its text. */
    private void history(Upstream site) {
        Random random = new Random(42);
        Instant start = Instant.now().minusSeconds(3600);
        for (int round = 0; round < 8; round++) {
            Instant at = start.plusSeconds(60L * round);
            for (int i = 0; i < 4; i++) {
                CaseRef ref = new CaseRef(Kind.values()[random.nextInt(3)], "" + random.nextInt(4));
                String number = NUMBERS.get(random.nextInt(NUMBERS.size()));
                switch (random.nextInt(4)) {
                    case 0, 1 ->
                        site.tellsOf(
                                ref,
                                random.nextBoolean() ? mobile(number) : home(number),
                                minute(random.nextInt(5)),
                                at.plusSeconds(i));
                    case 2 -> site.texts(ref, number, at);
                    default -> site.tellsOf(ref, mobile(), null, at.plusSeconds(i));
                }
            }
            for (String number : NUMBERS) {
                TestLog.write(site.text("SM-p-" + round + number, number, "?", at.plusSeconds(30), true));
            }
            site.settles(NUMBERS.toArray(String[]::new));
        }
        site.receives("SM-p-overtook", NUMBERS.getFirst(), "yes");
        TestLog.write(site.accepted(
                UUID.randomUUID(),
                NUMBERS.getFirst(),
                caseRef("ASKED"),
                Instant.now().minusSeconds(2)));
        site.settles(NUMBERS.getFirst());
    }

    private Map<String, Set<String>> filed(String site) {
        Map<String, Set<String>> filed = new HashMap<>();
        jdbc.sql("""
                        SELECT sid, coalesce(string_agg(kind || '|' || case_id, ','), '') AS cases
                        FROM reply LEFT JOIN reply_case USING (site, sid, received_at)
                        WHERE site = ? AND sid LIKE 'SM-p-%' GROUP BY sid
                        """).param(site).query(row -> {
            filed.put(row.getString("sid"), Set.of(row.getString("cases").split(",")));
        });
        return filed;
    }

    @Test
    void aPreviewComesToTheSameAsReallySwitching() {
        Map<Matching, Map<String, Set<String>>> really = new HashMap<>();
        for (Matching strategy : Matching.values()) {
            String name = "preview-" + strategy.name().toLowerCase().replace('_', '-');
            history(site(name, strategy.name()));
            really.put(strategy, filed(name));
        }
        for (Matching strategy : Matching.values()) {
            String name = "preview-" + strategy.name().toLowerCase().replace('_', '-');
            for (Matching other : Matching.values()) {
                JsonNode preview = preview(name, "?strategy=" + other + "&days=1");
                Map<String, Set<String>> now = really.get(strategy);
                Map<String, Set<String>> then = really.get(other);
                List<String> different = now.keySet().stream()
                        .filter(sid -> !now.get(sid).equals(then.get(sid)))
                        .toList();
                assertThat(preview.get("replies").asLong()).isEqualTo(now.size());
                assertThat(preview.get("different").asLong())
                        .as("%s to %s", strategy, other)
                        .isEqualTo(different.size());
                assertThat(preview.get("same").asLong()).isEqualTo(now.size() - different.size());
                assertKindsAndExamples(preview, now, then, different);
                assertThat(different.isEmpty()).isEqualTo(strategy == other);
            }
        }
    }

    private static void assertKindsAndExamples(
            JsonNode preview, Map<String, Set<String>> now, Map<String, Set<String>> then, List<String> different) {
        Map<String, Long> kinds = different.stream()
                .collect(Collectors.groupingBy(
                        sid -> now.get(sid).contains("")
                                ? "newlyAssigned"
                                : then.get(sid).contains("") ? "newlyUnassigned" : "otherCase",
                        Collectors.counting()));
        for (String kind : List.of("newlyAssigned", "newlyUnassigned", "otherCase")) {
            assertThat(preview.get("differences").get(kind).asLong()).isEqualTo(kinds.getOrDefault(kind, 0L));
        }
        assertThat(preview.get("examples").size()).isEqualTo((int)
                kinds.values().stream().mapToLong(count -> Math.min(count, 10)).sum());
        for (JsonNode example : preview.get("examples")) {
            String sid = example.get("sid").asString();
            assertThat(refs(example.get("casesNow"))).isEqualTo(now.get(sid));
            assertThat(refs(example.get("casesThen"))).isEqualTo(then.get(sid));
            assertThat(example.get("rule").asString().equals("NONE"))
                    .isEqualTo(then.get(sid).contains(""));
        }
    }

    private static Set<String> refs(JsonNode cases) {
        List<String> refs = new ArrayList<>();
        cases.forEach(
                ref -> refs.add(ref.get("kind").asString() + "|" + ref.get("id").asString()));
        return refs.isEmpty() ? Set.of("") : Set.copyOf(refs);
    }

    @Test
    void aReplyThatAPersonMovedIsComparedAsItWasFiledAndCountedApart() {
        Upstream site = site("preview-moved", "MOST_RECENTLY_OPENED");
        String client = "+14045383401";
        site.tellsOf(caseRef("OPENED"), mobile(client), minute(1), minute(1));
        site.texts(intake("TEXTED"), client, minute(1));
        for (int i = 0; i < 3; i++) {
            site.receives("SM-moved-" + i, client, "?");
        }
        jdbc.sql("""
                        UPDATE reply SET moved_by = 'maria', cases = ?::jsonb WHERE site = 'preview-moved' AND sid = ?
                        """)
                .params("[{\"kind\":\"INTAKE\",\"id\":\"TEXTED\"}]", "SM-moved-1")
                .update();
        jdbc.sql("""
                        UPDATE reply SET moved_by = 'maria', cases = ?::jsonb WHERE site = 'preview-moved' AND sid = ?
                        """)
                .params("[{\"kind\":\"CASE\",\"id\":\"ELSE\"}]", "SM-moved-2")
                .update();
        JsonNode preview = preview("preview-moved", "?strategy=MOST_RECENT_OUTBOUND&days=7");
        assertThat(preview.get("different").asInt()).isEqualTo(3);
        assertThat(preview.get("movedByPeople").get("replies").asInt()).isEqualTo(2);
        assertThat(preview.get("movedByPeople").get("rightThen").asInt()).isEqualTo(1);
        assertThat(preview.get("current").asString()).isEqualTo("MOST_RECENTLY_OPENED");
        JsonNode example = preview.get("examples").get(0);
        assertThat(example.get("contact").asString()).isEqualTo(client);
        assertThat(example.get("ruleNow").asString()).isEqualTo("OPENED");
        assertThat(example.get("rule").asString()).isEqualTo("OUTBOUND");
        assertThat(refs(example.get("casesNow"))).containsExactly("CASE|OPENED");
    }

    @Test
    void onlyTheDaysAskedForCount() {
        Upstream site = site("preview-days", "ALL");
        Instant now = Instant.now();
        site.receives(site.text("SM-old", "+14045383402", "?", now.minusSeconds(8 * 86_400), true));
        site.receives(site.text("SM-new", "+14045383402", "?", now.minusSeconds(6 * 86_400), true));
        assertThat(preview("preview-days", "?strategy=ALL&days=7")
                        .get("replies")
                        .asInt())
                .isEqualTo(1);
        assertThat(preview("preview-days", "?strategy=ALL&days=9")
                        .get("replies")
                        .asInt())
                .isEqualTo(2);
        assertThat(preview("preview-days", "?strategy=ALL").get("days").asInt()).isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource({
        "?strategy=LOST&days=7, strategy",
        "?days=7, strategy",
        "?strategy=&days=7, strategy",
        "?strategy=ALL&days=0, days",
        "?strategy=ALL&days=367, days",
        "?strategy=ALL&days=-1, days",
        "?strategy=ALL&days=week, days",
        "?strategy=ALL&days=1.5, days",
        "?strategy=ALL&days=99999999999, days"
    })
    void whatIsWrongIsNamed(String query, String field) {
        site("preview-days", "ALL");
        JsonNode problem = get("preview-days", query)
                .expectStatus()
                .isBadRequest()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody();
        assertThat(problem.get("detail").asString()).contains(field);
        assertThat(problem.get("code").asString()).isEqualTo("INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"preview-of-another"})
    void anotherSitesPreviewIsNotThere(String other) {
        http.get()
                .uri("/api/sites/" + other + "/matching/preview?strategy=ALL")
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "preview-days")))
                .exchange()
                .expectStatus()
                .isNotFound();
    }
}
