package org.casewire.routing.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.casesOf;
import static org.casewire.routing.Upstream.intake;
import static org.casewire.routing.Upstream.minute;
import static org.casewire.routing.Upstream.mobile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.casewire.events.CaseEvent;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseEvent.Phones;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.WireJson;
import org.casewire.routing.Upstream;
import org.casewire.routing.cases.CaseProjection;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class StrangeInputTest {

    private static final String SITE = "strange";
    private static final int CROWD = 10_000;

    private final Upstream site;
    private final Sites sites;
    private final JdbcClient jdbc;
    private final CaseProjection projection;

    StrangeInputTest(Sites sites, JdbcClient jdbc, CaseProjection projection) {
        this.site = new Upstream(SITE, sites, jdbc);
        this.sites = sites;
        this.jdbc = jdbc;
        this.projection = projection;
    }

    private void settings(String rest) {
        SiteDocument document = WireJson.MAPPER.readValue(
                "{\"site\":\"%s\",\"timeZone\":\"America/New_York\",%s}".formatted(SITE, rest), SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find(SITE).filter(document::equals).isPresent());
    }

    private static String explanation(Entry filed) {
        return filed.json().get("explanation").toString();
    }

    private String column(String column, String sid) {
        return jdbc.sql("SELECT " + column + "::text FROM reply WHERE site = ? AND sid = ?")
                .params(SITE, sid)
                .query(String.class)
                .single();
    }

    private void crowdOn(String client) {
        List<Received<CaseEvent>> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            CaseChanged changed = new CaseChanged(
                    SITE,
                    caseRef("CROWD-%05d".formatted(i)),
                    null,
                    null,
                    minute(i),
                    null,
                    mobile(client),
                    List.of(),
                    null,
                    minute(0));
            crowd.add(new Received.Arrived<>(
                    changed, List.of(), new Received.Origin("c" + i, null, minute(0), "", Topics.CASES, 0, i)));
        }
        projection.applyAgain(crowd);
    }

    @Test
    void tenThousandCasesOnOneNumberAreFiledOnAndHarmNobodyElse() {
        String client = "+14045385501";
        String other = "+14045385502";
        crowdOn(client);
        settings("\"matching\":\"ALL\"");
        for (int i = 0; i < 8; i++) {
            TestLog.write(site.text("SM-crowd-" + i, client, "?", Instant.now(), false));
            TestLog.write(site.text("SM-beside-" + i, other, "?", Instant.now(), false));
        }
        for (int i = 0; i < 8; i++) {
            Entry filed = site.replies("SM-crowd-" + i, 1).getFirst();
            assertThat(casesOf(filed)).hasSize(CROWD);
            assertThat(filed.value().length).isLessThan(600_000);
            assertThat(site.replies("SM-beside-" + i, 1).getFirst().event()).isEqualTo("ReplyUnassigned");
        }
        assertThat(site.count("SELECT count(*) FROM reply_case WHERE site = ? AND sid = 'SM-crowd-7'", SITE))
                .isEqualTo(CROWD);
        settings("\"matching\":\"MOST_RECENTLY_OPENED\"");
        Entry filed = site.receives("SM-one-of-many", client, "?");
        assertThat(casesOf(filed)).containsExactly("CROWD-09999");
        assertThat(explanation(filed)).contains("and 9994 more");
        assertThat(filed.value().length).isLessThan(5_000);
        assertThat(column("candidate_count", "SM-one-of-many")).isEqualTo("10000");
        assertThat(column("candidates", "SM-one-of-many")).hasSizeLessThan(15_000);
        assertThat(column("by_all", "SM-one-of-many").lines()).hasSize(50);
    }

    @Test
    void aTextToNoneOfTheSitesNumbersIsFiledAndSaysSo() {
        String client = "+14045385503";
        settings("\"senders\":[{\"number\":\"+14045550199\"}]");
        site.texts(caseRef("ASKED"), client, minute(1));
        Entry strange = site.receives("SM-elsewhere", client, "?");
        assertThat(casesOf(strange)).containsExactly("ASKED");
        assertThat(explanation(strange))
                .contains("It was sent to " + Upstream.OFFICE + ", which is none of this site's numbers.");
        settings("\"senders\":[{\"number\":\"" + Upstream.OFFICE + "\"}]");
        assertThat(explanation(site.receives("SM-ours", client, "?"))).doesNotContain("none of this site's numbers");
        settings("\"senders\":[{\"messagingServiceSid\":\"MG1\"}]");
        assertThat(explanation(site.receives("SM-service", client, "?"))).doesNotContain("none of this site's numbers");
    }

    @Test
    void whichFieldsCountMayChangeWhileRunning() {
        String client = "+14045385504";
        settings("\"phoneFields\":[\"mobile\",\"home\"]");
        site.tellsOf(caseRef("WORK"), new Phones(List.of(), List.of(), List.of("404-538-5504")), minute(1), minute(1));
        Entry before = site.receives("SM-before", client, "?");
        assertThat(before.event()).isEqualTo("ReplyUnassigned");
        assertThat(explanation(before)).contains("the number stands in another field: Case WORK (other)");
        settings("\"phoneFields\":[\"other\"]");
        assertThat(casesOf(site.receives("SM-after", client, "?"))).containsExactly("WORK");
        settings("\"phoneFields\":[\"other\",\"mobile\"],\"matching\":\"ALL\"");
        assertThat(casesOf(site.receives("SM-all", client, "?"))).containsExactly("WORK");
    }

    @Test
    void aCaseIsFoundByEachOfItsFiftyNumbersAndNotByWhatIsNone() {
        settings("\"matching\":\"MOST_RECENTLY_OPENED\"");
        List<String> numbers = new ArrayList<>(IntStream.range(0, 50)
                .mapToObj(i -> "(404) 538-56%02d".formatted(i))
                .toList());
        numbers.add("ask at the desk");
        numbers.add("");
        site.tellsOf(caseRef("FIFTY"), mobile(numbers.toArray(String[]::new)), minute(1), minute(1));
        site.tellsOf(caseRef("NONE"), mobile(), minute(1), minute(1));
        assertThat(casesOf(site.receives("SM-first", "+14045385600", "?"))).containsExactly("FIFTY");
        assertThat(casesOf(site.receives("SM-last", "+14045385649", "?"))).containsExactly("FIFTY");
        assertThat(site.count("SELECT count(*) FROM case_number WHERE site = ? AND case_id = 'FIFTY'", SITE))
                .isEqualTo(50);
        assertThat(jdbc.sql("SELECT phones::text FROM case_file WHERE site = ? AND case_id = 'FIFTY'")
                        .param(SITE)
                        .query(String.class)
                        .single())
                .contains("ask at the desk");
    }

    @Test
    void aDateThatIsMissingComesLastAndOneInTheFutureCountsAsItStands() {
        String client = "+14045385505";
        settings("\"matching\":\"MOST_RECENTLY_OPENED\"");
        site.tellsOf(caseRef("UNDATED"), mobile(client), null, minute(9));
        assertThat(casesOf(site.receives("SM-undated", client, "?"))).containsExactly("UNDATED");
        site.tellsOf(caseRef("DATED"), mobile(client), minute(1), minute(1));
        Entry dated = site.receives("SM-dated", client, "?");
        assertThat(casesOf(dated)).containsExactly("DATED");
        assertThat(explanation(dated)).contains("Case UNDATED (no date given)");
        site.tellsOf(caseRef("AHEAD"), mobile(client), Instant.parse("2999-01-01T00:00:00Z"), minute(1));
        site.tellsOf(intake("FAR"), mobile(client), Instant.parse("9999-12-31T23:59:59Z"), minute(1));
        assertThat(casesOf(site.receives("SM-ahead", client, "?"))).containsExactly("AHEAD");
    }
}
