package org.casewire.notification.unanswered;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.casewire.events.SiteDocument;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.PageRequest;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.cases.SiteDays;
import org.casewire.notification.unanswered.UnansweredClient.Latest;
import org.casewire.notification.unanswered.UnansweredClient.OnCase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/**
 * The clients who wait for an answer from somebody with the user's cases. Like the sight of alerts, it is decided when
 * it is asked: by the assignments of that moment, the texts that stand on those cases, and the answers there were.
 */
@Component
class UnansweredClients {

    /**
     * Case by case and person by person through the indexes: OFFSET keeps the planner from comparing every case with
     * every text where it takes both for few, which costs a minute when they are ten thousand each.
     */
    private static final String PAGE = """
            WITH mine (my_kind, my_case) AS MATERIALIZED (
                SELECT DISTINCT kind, case_id FROM assignments
                WHERE site = :site AND user_id = :user AND (is_primary OR NOT :primaryOnly)
                  AND (starts_on IS NULL OR starts_on <= :today) AND (ends_on IS NULL OR ends_on > :today)),
            unanswered AS MATERIALIZED (
                SELECT kind, case_id, contact, received_at, sid
                FROM mine
                CROSS JOIN LATERAL (
                    SELECT * FROM waiting_texts
                    WHERE waiting_texts.site = :site AND kind = my_kind AND case_id = my_case
                    OFFSET 0) AS waiting
                CROSS JOIN LATERAL (
                    SELECT max(at) AS answered_at FROM answers
                    WHERE answers.site = :site AND answers.contact = waiting.contact AND NOT failed
                    OFFSET 0) AS answer
                WHERE answered_at IS NULL OR received_at > answered_at),
            clients AS (
                SELECT contact, min(received_at) AS since, count(DISTINCT sid) AS texts,
                       max(received_at) AS latest_at, (array_agg(sid ORDER BY received_at DESC, sid))[1] AS latest_sid,
                       jsonb_agg(DISTINCT jsonb_build_object('kind', kind, 'id', case_id)) AS places
                FROM unanswered
                GROUP BY contact
                HAVING (min(received_at), contact) < (:before::timestamptz, :contact)
                ORDER BY since DESC, contact DESC
                LIMIT :limit)
            SELECT clients.*,
                   coalesce((SELECT preview FROM replies WHERE replies.site = :site AND sid = latest_sid), '') AS preview,
                   (SELECT jsonb_agg(jsonb_build_object('caseRef', place, 'title', title, 'clientName', client_name))
                    FROM jsonb_array_elements(places) AS place
                    LEFT JOIN cases ON cases.site = :site AND cases.kind = place ->> 'kind'
                          AND cases.case_id = place ->> 'id') AS cases
            FROM clients
            ORDER BY since DESC, contact DESC
            """;

    private static final TypeReference<List<OnCase>> CASES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final SiteDays days;
    private final Clock clock;

    UnansweredClients(JdbcClient jdbc, SiteDays days, Clock clock) {
        this.jdbc = jdbc;
        this.days = days;
        this.clock = clock;
    }

    /** One more than a page holds; who began to wait last stands first. */
    List<UnansweredClient> page(SiteDocument site, String user, PageRequest wanted) {
        Instant now = clock.instant();
        return jdbc.sql(PAGE)
                .param("site", site.site())
                .param("user", user)
                .param("primaryOnly", days.primaryOnly(site.site()))
                .param("today", days.today(site.site()))
                .param("before", wanted.after().at().toString())
                .param("contact", wanted.after().ref())
                .param("limit", wanted.oneMore())
                .query((row, number) -> client(row, site, now))
                .list();
    }

    static Cursor place(UnansweredClient client) {
        return new Cursor(client.since(), client.contact());
    }

    private static UnansweredClient client(ResultSet row, SiteDocument site, Instant now) throws SQLException {
        Instant since = Columns.time(row, "since");
        return new UnansweredClient(
                site.site(),
                row.getString("contact"),
                WireJson.MAPPER.readValue(row.getString("cases"), CASES),
                since,
                WorkingTime.between(since, now, site.timeZone(), site.workingHours())
                        .toString(),
                row.getLong("texts"),
                new Latest(row.getString("latest_sid"), row.getString("preview"), Columns.time(row, "latest_at")));
    }
}
