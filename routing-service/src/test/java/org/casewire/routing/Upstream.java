package org.casewire.routing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseEvent.Phones;
import org.casewire.events.CaseRef;
import org.casewire.events.CaseRef.Kind;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.casewire.events.OutboundEvent.Status;
import org.casewire.events.Purpose;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.transport.WireJson;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everybody else of one site: the upstream, outbound and ingest, as routing sees them. */
public final class Upstream {

    public static final Instant MORNING = Instant.parse("2026-03-01T10:00:00Z");
    public static final String OFFICE = "+14045550100";

    private final String site;
    private final Sites sites;
    private final JdbcClient jdbc;

    public Upstream(String site, Sites sites, JdbcClient jdbc) {
        this.site = site;
        this.sites = sites;
        this.jdbc = jdbc;
        if (sites.find(site).isEmpty()) {
            settings("MOST_RECENT_OUTBOUND", "US");
        }
    }

    public void settings(String matching, String region) {
        SiteDocument document = WireJson.MAPPER.readValue(
                "{\"site\":\"%s\",\"matching\":\"%s\",\"region\":\"%s\",\"timeZone\":\"America/New_York\"}"
                        .formatted(site, matching, region),
                SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find(site).filter(document::equals).isPresent());
    }

    public static Instant minute(int minute) {
        return MORNING.plusSeconds(60L * minute);
    }

    public static CaseRef caseRef(String id) {
        return new CaseRef(Kind.CASE, id);
    }

    public static CaseRef intake(String id) {
        return new CaseRef(Kind.INTAKE, id);
    }

    public static Phones mobile(String... numbers) {
        return new Phones(List.of(numbers), List.of(), List.of());
    }

    public static Phones home(String... numbers) {
        return new Phones(List.of(), List.of(numbers), List.of());
    }

    /** Tells of a case and waits until routing knows. */
    public void tellsOf(CaseRef ref, Phones phones, Instant dated, Instant updatedAt) {
        write(ref, phones, dated, updatedAt);
        await().until(() -> count(
                        "SELECT count(*) FROM case_file WHERE site = ? AND case_id = ? AND updated_at = ?::timestamptz",
                        site,
                        ref.id(),
                        updatedAt.toString())
                > 0);
    }

    public void write(CaseRef ref, Phones phones, Instant dated, Instant updatedAt) {
        TestLog.write(new CaseChanged(site, ref, null, null, dated, dated, phones, List.of(), null, updatedAt));
    }

    /** Writes a tombstone and waits until the case is gone. */
    public void buries(CaseRef ref) {
        TestLog.write(Topics.CASES, site + "|" + ref, "CaseChanged", null);
        await().until(() -> count(
                        "SELECT count(*) FROM case_file WHERE site = ? AND case_id = ? AND gone_at IS NOT NULL",
                        site,
                        ref.id())
                > 0);
    }

    public long count(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Long.class).single();
    }

    public MessageHeader header(UUID messageId, String to, CaseRef ref) {
        return new MessageHeader(messageId, site, to, OFFICE, ref, "maria", Purpose.CONVERSATION, Map.of());
    }

    public MessageAccepted accepted(UUID messageId, String to, CaseRef ref, Instant at) {
        return accepted(messageId, to, ref, at, 1, 1, "hello");
    }

    public MessageAccepted accepted(
            UUID messageId, String to, CaseRef ref, Instant at, int part, int parts, String body) {
        return new MessageAccepted(
                header(messageId, to, ref), at, part, parts, "SM" + messageId + part, 1, body, List.of());
    }

    public MessageStatusChanged status(UUID messageId, String to, CaseRef ref, int part, Status status) {
        return new MessageStatusChanged(
                header(messageId, to, ref), minute(60), part, "SM" + messageId + part, status, null);
    }

    /** A case texts a number; waits until routing knows. */
    public UUID texts(CaseRef ref, String to, Instant at) {
        UUID messageId = UUID.randomUUID();
        TestLog.write(accepted(messageId, to, ref, at));
        await().until(() -> knows(messageId));
        return messageId;
    }

    public boolean knows(UUID messageId) {
        return count("SELECT count(*) FROM sent_message WHERE site = ? AND message_id = ?", site, messageId) > 0;
    }

    public MessageReceived text(String sid, String from, String body, Instant receivedAt, boolean recovered) {
        return new MessageReceived(
                sid, site, from, OFFICE, body, List.of(), 1, Keyword.NONE, receivedAt, recovered, null, Map.of());
    }

    /** A person texts; waits for the event that tells where the text was filed. */
    public Entry receives(String sid, String from, String body) {
        return receives(text(sid, from, body, Instant.now(), false));
    }

    public Entry receives(MessageReceived text) {
        TestLog.write(text);
        return replies(text.sid(), 1).getFirst();
    }

    public List<Entry> replies(String sid, int count) {
        return TestLog.await(Topics.REPLIES, count, entry -> isAbout(entry, sid));
    }

    public List<Entry> repliesSoFar(String sid) {
        return TestLog.all(Topics.REPLIES, entry -> isAbout(entry, sid));
    }

    private boolean isAbout(Entry entry, String sid) {
        return entry.key().startsWith(site + "|") && sid.equals(entry.headers().get("ce_subject"));
    }

    /** Waits until routing has handled everything that was written to the topics of these conversations before. */
    public void settles(String... contacts) {
        List<UUID> sent = new ArrayList<>();
        List<String> received = new ArrayList<>();
        for (String contact : contacts) {
            UUID messageId = UUID.randomUUID();
            sent.add(messageId);
            received.add("SM-marker-" + messageId);
            TestLog.write(accepted(messageId, contact, null, MORNING));
            TestLog.write(text("SM-marker-" + messageId, contact, "marker", MORNING, true));
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> sent.stream().allMatch(this::knows)
                        && received.stream()
                                .allMatch(sid ->
                                        count("SELECT count(*) FROM reply WHERE site = ? AND sid = ?", site, sid) > 0));
    }

    /** The ids of an event's {@code cases}. */
    public static List<String> casesOf(Entry entry) {
        return entry.json()
                .get("cases")
                .valueStream()
                .map(ref -> ref.get("id").asString())
                .toList();
    }
}
