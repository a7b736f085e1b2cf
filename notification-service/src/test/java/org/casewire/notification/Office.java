package org.casewire.notification;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.casewire.events.CaseRef;
import org.casewire.events.CaseRef.Kind;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.Matching;
import org.casewire.events.ReplyEvent.ReplyAssigned;
import org.casewire.events.ReplyEvent.ReplyRouted;
import org.casewire.events.ReplyEvent.ReplyUnassigned;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.TestLog;
import org.casewire.events.transport.WireJson;

/** A site as the tests see it: the upstream writes its cases, routing files its texts. */
public final class Office {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    static {
        // A busy machine is slow, not wrong.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    private final String site;

    private Office(String site) {
        this.site = site;
    }

    /** Opens a site of that name in New York and waits until the service knows it. */
    public static Office open(String site, String alerts, Sites sites) {
        return open(site, alerts, "America/New_York", sites);
    }

    public static Office open(String site, String alerts, String zone, Sites sites) {
        SiteDocument document = WireJson.MAPPER.readValue("""
                {"site":"%s","timeZone":"%s","alerts":"%s"}""".formatted(site, zone, alerts), SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find(site).filter(document::equals).isPresent());
        return new Office(site);
    }

    /** A site that the service knows already. */
    public static Office known(String site) {
        return new Office(site);
    }

    public String site() {
        return site;
    }

    /** A case of its own for a test. */
    public static CaseRef aCase() {
        return aCase(Kind.CASE);
    }

    public static CaseRef aCase(Kind kind) {
        return new CaseRef(kind, "16E-%05d".formatted(NUMBERS.incrementAndGet()));
    }

    /** Somebody on a case: {@code maria}, {@code maria primary}, {@code maria primary 2026-03-01 2026-04-01}. */
    private static String assignment(String written) {
        List<String> words = Arrays.asList(written.split(" "));
        List<String> dates = words.stream()
                .filter(word -> Character.isDigit(word.charAt(0)) || word.equals("-"))
                .toList();
        return """
                {"userId":"%s","primary":%s,"startsOn":%s,"endsOn":%s}""".formatted(words.getFirst(), words.contains("primary"), date(dates, 0), date(dates, 1));
    }

    private static String date(List<String> dates, int index) {
        return dates.size() <= index || dates.get(index).equals("-") ? "null" : '"' + dates.get(index) + '"';
    }

    /** The upstream says who is on the case now. */
    public void assigns(CaseRef caseRef, String... assignments) {
        assignsAt(Instant.now().toString(), caseRef, assignments);
    }

    public void assignsAt(String updatedAt, CaseRef caseRef, String... assignments) {
        String all = Stream.of(assignments).map(Office::assignment).collect(Collectors.joining(","));
        TestLog.write(Topics.CASES, site + "|" + caseRef, "CaseChanged", """
                {"site":"%s","caseRef":{"kind":"%s","id":"%s"},"title":"Eviction defence","clientName":"Ana Reyes",
                 "openedAt":"2026-01-05T10:00:00Z","intakeAt":null,"phones":{"mobile":["+14045387319"]},
                 "assignments":[%s],"closedAt":null,"updatedAt":"%s"}""".formatted(
                        site, caseRef.kind(), caseRef.id(), all, updatedAt));
    }

    public void removes(CaseRef caseRef) {
        TestLog.write(Topics.CASES, site + "|" + caseRef, "CaseChanged", null);
    }

    /** A text comes in and is filed on the cases; returns its SID. */
    public String files(String body, CaseRef... cases) {
        String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
        filesAgain(sid, body, List.of(), cases);
        return sid;
    }

    /** Somebody's text comes in at that moment and is filed on the cases; returns its SID. */
    public String texts(String contact, Instant receivedAt, String body, CaseRef... cases) {
        String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
        files(sid, contact, receivedAt, body, List.of(), cases);
        return sid;
    }

    public void filesAgain(String sid, String body, List<Media> media, CaseRef... cases) {
        files(sid, "+14045387319", Instant.now(), body, media, cases);
    }

    private void files(
            String sid, String contact, Instant receivedAt, String body, List<Media> media, CaseRef... cases) {
        TestLog.write(new ReplyRouted(
                sid,
                site,
                contact,
                "+14045550100",
                body,
                media,
                List.of(cases),
                Matching.MOST_RECENT_OUTBOUND,
                "OUTBOUND",
                List.of("This case texted the number last."),
                receivedAt));
    }

    public String leavesUnassigned(String body) {
        String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
        TestLog.write(new ReplyUnassigned(
                sid,
                site,
                "+14045387319",
                "+14045550100",
                body,
                List.of(),
                Matching.MOST_RECENT_OUTBOUND,
                "NONE",
                List.of(),
                Instant.now()));
        return sid;
    }

    /** Somebody moves a text. */
    public void moves(String sid, List<CaseRef> removed, CaseRef... now) {
        movesFrom("+14045387319", sid, removed, now);
    }

    public void movesFrom(String contact, String sid, List<CaseRef> removed, CaseRef... now) {
        TestLog.write(new ReplyAssigned(sid, site, contact, List.of(now), null, null, removed, "sam", Instant.now()));
    }
}
