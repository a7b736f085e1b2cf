package org.casewire.notification.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.casewire.events.ReplyEvent.TextEvent;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.WireJson;
import org.casewire.notification.alert.Reply.Filing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The received texts. */
@Component
class Replies {

    private static final String FIND = """
            SELECT replies.site, replies.sid, contact, received_at, preview, filings, moved_at
            FROM replies JOIN unnest(:sites::text[], :sids::text[]) AS wanted (site, sid) USING (site, sid)
            FOR UPDATE OF replies
            """;

    private static final String STORE = """
            INSERT INTO replies (site, sid, contact, received_at, preview, filings, moved_at)
            SELECT * FROM unnest(:sites::text[], :sids::text[], :contacts::text[], :received::timestamptz[],
                   :previews::text[], :filings::jsonb[], :moved::timestamptz[])
            ON CONFLICT (site, sid) DO UPDATE
            SET filings = excluded.filings, moved_at = excluded.moved_at, contact = excluded.contact,
                preview = excluded.preview, received_at = excluded.received_at
            """;

    private static final TypeReference<List<Filing>> FILINGS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    Replies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those already known of the texts the events are about, by {@link Reply#key()}. */
    Map<String, Reply> find(Collection<TextEvent> events) {
        List<TextEvent> wanted = List.copyOf(events);
        Map<String, Reply> found = new HashMap<>();
        jdbc.sql(FIND)
                .param("sites", Columns.of(wanted, TextEvent::site))
                .param("sids", Columns.of(wanted, TextEvent::sid))
                .query(Replies::reply)
                .list()
                .forEach(reply -> found.put(reply.key(), reply));
        return found;
    }

    void store(Collection<Reply> changed) {
        List<Reply> replies = List.copyOf(changed);
        jdbc.sql(STORE)
                .param("sites", Columns.of(replies, Reply::site))
                .param("sids", Columns.of(replies, Reply::sid))
                .param("contacts", Columns.of(replies, Reply::contact))
                .param("received", Columns.of(replies, Reply::receivedAt))
                .param("previews", Columns.of(replies, Reply::preview))
                .param("filings", Columns.of(replies, one -> WireJson.MAPPER.writeValueAsString(one.filings())))
                .param("moved", Columns.of(replies, Reply::movedAt))
                .update();
    }

    private static Reply reply(ResultSet row, int number) throws SQLException {
        return new Reply(
                row.getString("site"),
                row.getString("sid"),
                row.getString("contact") == null ? "" : row.getString("contact"),
                Columns.timeOrNull(row, "received_at"),
                row.getString("preview"),
                WireJson.MAPPER.readValue(row.getString("filings"), FILINGS),
                instant(row.getTimestamp("moved_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
