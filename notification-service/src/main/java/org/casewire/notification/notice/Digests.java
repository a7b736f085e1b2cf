package org.casewire.notification.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SiteDocument;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.rows.Columns;
import org.casewire.events.site.Sites;
import org.casewire.notification.identity.NamedId;
import org.casewire.notification.notice.Notice.Line;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes one text of the notices that came when a number had got many. */
@Component
class Digests {

    private static final int AT_ONCE = 200;
    private static final int SHOWN = 5;
    private static final int LONGEST_SHOWN = 140;

    private static final String CLOSED = """
            SELECT site, mobile, opened_at FROM notice_windows
            WHERE held > 0 AND closes_at <= :now::timestamptz
            ORDER BY closes_at LIMIT :most
            FOR UPDATE SKIP LOCKED
            """;

    private static final String TAKE = """
            WITH taken AS (
                DELETE FROM held_notices WHERE (site, mobile) IN (SELECT * FROM unnest(:sites::text[], :mobiles::text[]))
                RETURNING *)
            SELECT * FROM taken ORDER BY id
            """;

    private static final String OPEN_AGAIN = """
            UPDATE notice_windows SET opened_at = :now::timestamptz, closes_at = :end::timestamptz, told = 1, held = 0
            WHERE (site, mobile) IN (SELECT * FROM unnest(:sites::text[], :mobiles::text[]))
            """;

    private final JdbcClient jdbc;
    private final Sites sites;
    private final Outbox outbox;
    private final NoticeProperties properties;
    private final Clock clock;

    Digests(JdbcClient jdbc, Sites sites, Outbox outbox, NoticeProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.sites = sites;
        this.outbox = outbox;
        this.properties = properties;
        this.clock = clock;
    }

    private record Window(Line line, Instant openedAt) {}

    /** Sends what waits for windows that have closed; returns how many those were. */
    @Transactional
    public int sendOnce() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Window> closed = jdbc.sql(CLOSED)
                .param("now", now.toString())
                .param("most", AT_ONCE)
                .query(Digests::window)
                .list();
        if (closed.isEmpty()) {
            return 0;
        }
        Map<Line, List<Notice>> held = of(TAKE, closed).query(Digests::notice).list().stream()
                .filter(one -> one.expiresAt().isAfter(now))
                .collect(Collectors.groupingBy(Notice::line));
        of(OPEN_AGAIN, closed)
                .param("now", now.toString())
                .param("end", now.plus(properties.digestWindow()).toString())
                .update();
        List<Outgoing> texts = new ArrayList<>();
        closed.forEach(window -> texts.addAll(texts(window, held.getOrDefault(window.line(), List.of()))));
        outbox.append(texts);
        return closed.size();
    }

    private List<Outgoing> texts(Window window, List<Notice> held) {
        if (held.size() < 2) {
            return held.stream().map(Notice::asked).toList();
        }
        return sites.find(window.line().site()).stream()
                .map(site -> digest(window, held, site))
                .toList();
    }

    private static Outgoing digest(Window window, List<Notice> held, SiteDocument site) {
        Line line = window.line();
        boolean isForStaff = held.stream().anyMatch(one -> one.audience() == Audience.STAFF);
        Notice digest = new Notice(
                line,
                "",
                isForStaff ? Audience.STAFF : Audience.CLIENT,
                words(held, site),
                null,
                held.stream().map(Notice::expiresAt).max(Instant::compareTo).orElseThrow(),
                held.getFirst().traceParent());
        return digest.asked(
                NamedId.of(
                        "digest", line.site(), line.mobile(), window.openedAt().toString()),
                Map.of("notices", Integer.toString(held.size())));
    }

    private static String words(List<Notice> held, SiteDocument site) {
        Stream<String> shown = held.stream().limit(SHOWN).map(one -> "- " + shortened(one.body()));
        Stream<String> more = held.size() > SHOWN ? Stream.of(Wording.andMore(site, held.size() - SHOWN)) : Stream.of();
        return Stream.of(Stream.of(Wording.severalNotices(site, held.size())), shown, more)
                .flatMap(line -> line)
                .collect(Collectors.joining("\n"));
    }

    private static String shortened(String body) {
        int points = body.codePointCount(0, body.length());
        return points <= LONGEST_SHOWN
                ? body
                : body.substring(0, body.offsetByCodePoints(0, LONGEST_SHOWN - 3)) + "...";
    }

    private JdbcClient.StatementSpec of(String sql, List<Window> windows) {
        return jdbc.sql(sql)
                .param("sites", Columns.of(windows, one -> one.line().site()))
                .param("mobiles", Columns.of(windows, one -> one.line().mobile()));
    }

    private static Window window(ResultSet row, int number) throws SQLException {
        return new Window(line(row), Columns.time(row, "opened_at"));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(row.getString("site"), row.getString("mobile"));
    }

    private static Notice notice(ResultSet row, int number) throws SQLException {
        return new Notice(
                line(row),
                row.getString("activity_id"),
                Audience.valueOf(row.getString("audience")),
                row.getString("body"),
                null,
                Columns.time(row, "expires_at"),
                row.getString("trace_parent"));
    }
}
