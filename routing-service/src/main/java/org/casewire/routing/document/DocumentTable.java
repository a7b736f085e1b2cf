package org.casewire.routing.document;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.TraceParent;
import org.casewire.events.transport.WireJson;
import org.casewire.routing.document.ReceivedFile.State;
import org.casewire.routing.document.RemovalTable.Removal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of received files, as it is written and asked by what happens to texts. */
@Repository
class DocumentTable {

    private static final String ADD = """
            INSERT INTO document (site, sid, number, contact, url, declared_type, account, cases, trace_parent, state,
                                  expected_at, next_attempt)
            SELECT site, sid, number, contact, url, declared_type, account, cases, trace_parent, 'PENDING', moment, moment
            FROM unnest(?::text[], ?::text[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[],
                        ?::text[])
                 AS file (site, sid, number, contact, url, declared_type, account, cases, trace_parent),
                 CAST(? AS timestamptz) AS moment
            ON CONFLICT DO NOTHING
            """;

    private static final String MOVE = """
            UPDATE document SET cases = moved.cases
            FROM unnest(?::text[], ?::text[], ?::jsonb[], ?::text[]) AS moved (site, sid, cases, trace_parent)
            WHERE document.site = moved.site AND document.sid = moved.sid
            RETURNING document.*, moved.trace_parent AS moved_trace_parent
            """;

    private static final String STATES = """
            SELECT * FROM document WHERE site = ? AND sid = ANY (?) ORDER BY sid, number
            """;

    private static final String FIND = """
            SELECT * FROM document WHERE site = ? AND document_id = ?
            """;

    private static final String ERASE = """
            DELETE FROM document WHERE site = ? AND contact = ? RETURNING object_key, next_attempt
            """;

    private static final String ERASE_OF_TEXTS = """
            DELETE FROM document WHERE site = ? AND sid = ANY (?) RETURNING object_key, next_attempt
            """;

    private final JdbcTemplate jdbc;

    DocumentTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record File(Expected text, int number, Media media) {}

    void add(List<Expected> texts, Instant now) {
        List<File> files = new ArrayList<>();
        for (Expected text : texts) {
            for (int number = 0; number < text.media().size(); number++) {
                files.add(new File(text, number, text.media().get(number)));
            }
        }
        jdbc.update(
                ADD,
                Columns.of(files, file -> file.text().site()),
                Columns.of(files, file -> file.text().sid()),
                Columns.of(files, File::number),
                Columns.of(files, file -> file.text().contact()),
                Columns.of(files, file -> String.valueOf(file.media().url())),
                Columns.of(files, file -> file.media().contentType()),
                Columns.of(files, file -> file.text().account()),
                Columns.json(files, file -> file.text().cases()),
                Columns.of(files, file -> file.text().traceParent()),
                now.toString());
    }

    /** Notes where texts stand now; returns what is to be told of it. */
    List<Outgoing> move(List<Moved> texts) {
        return jdbc
                .query(
                        MOVE,
                        (row, number) -> toldAgain(row),
                        Columns.of(texts, Moved::site),
                        Columns.of(texts, Moved::sid),
                        Columns.json(texts, Moved::cases),
                        Columns.of(texts, Moved::traceParent))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Outgoing> toldAgain(ResultSet row) throws SQLException {
        String trace = TraceParent.carriedOrNew(Optional.ofNullable(row.getString("moved_trace_parent")));
        return stored(row).map(stored -> new Outgoing(stored.told(), trace));
    }

    Map<String, List<ReceivedFile>> states(String site, Collection<String> sids) {
        Map<String, List<ReceivedFile>> bySid = new HashMap<>();
        jdbc.query(
                STATES,
                row -> {
                    bySid.computeIfAbsent(row.getString("sid"), sid -> new ArrayList<>())
                            .add(state(row));
                },
                site,
                sids.toArray(String[]::new));
        return bySid;
    }

    private static ReceivedFile state(ResultSet row) throws SQLException {
        State state = State.valueOf(row.getString("state"));
        UUID id = state == State.STORED ? row.getObject("document_id", UUID.class) : null;
        String reason = row.getString("reason");
        String type = row.getString("content_type");
        return new ReceivedFile(
                row.getString("url"),
                type == null ? row.getString("declared_type") : type,
                state,
                reason == null ? null : Reason.valueOf(reason),
                row.getString("detail"),
                id,
                id == null ? null : Stored.href(row.getString("site"), id),
                row.getObject("bytes", Long.class));
    }

    /** A file and how far it is. */
    record Found(State state, Instant expectedAt, Optional<Stored> stored) {}

    Optional<Found> find(String site, UUID documentId) {
        return jdbc
                .query(
                        FIND,
                        (row, number) -> new Found(
                                State.valueOf(row.getString("state")), Columns.time(row, "expected_at"), stored(row)),
                        site,
                        documentId)
                .stream()
                .findFirst();
    }

    /** The row as a stored file, empty when it is none. */
    static Optional<Stored> stored(ResultSet row) throws SQLException {
        @Nullable String type = row.getString("content_type");
        if (type == null || !State.STORED.name().equals(row.getString("state"))) {
            return Optional.empty();
        }
        return Optional.of(new Stored(
                row.getString("site"),
                row.getString("sid"),
                row.getInt("number"),
                row.getString("contact"),
                row.getObject("document_id", UUID.class),
                List.of(WireJson.MAPPER.readValue(row.getString("cases"), CaseRef[].class)),
                new Stored.Content(type, row.getLong("bytes"), row.getString("sha256")),
                row.getString("object_key")));
    }

    /** Deletes the rows of a contact; returns what is to go from the store. */
    List<Removal> erase(String site, String contact) {
        return jdbc.query(ERASE, DocumentTable::removal, site, contact);
    }

    List<Removal> erase(String site, Collection<String> sids) {
        return jdbc.query(ERASE_OF_TEXTS, DocumentTable::removal, site, sids.toArray(String[]::new));
    }

    private static Removal removal(ResultSet row, int number) throws SQLException {
        return new Removal(row.getString("object_key"), Columns.time(row, "next_attempt"));
    }
}
