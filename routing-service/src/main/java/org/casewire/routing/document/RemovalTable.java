package org.casewire.routing.document;

import java.time.Instant;
import java.util.List;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of objects that are to go from the store. */
@Repository
class RemovalTable {

    private static final String ADD = """
            INSERT INTO object_removal (object_key, may_come, next_attempt)
            SELECT object_key, may_come, ?::timestamptz
            FROM unnest(?::text[], ?::timestamptz[]) AS removal (object_key, may_come)
            ON CONFLICT (object_key) DO UPDATE
            SET may_come = greatest(object_removal.may_come, excluded.may_come), next_attempt = excluded.next_attempt
            """;

    private final JdbcTemplate jdbc;

    RemovalTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An object that is to go.
     *
     * @param mayCome until when somebody may still be writing it
     */
    record Removal(String objectKey, Instant mayCome) {}

    void remove(List<Removal> objects, Instant now) {
        if (!objects.isEmpty()) {
            jdbc.update(
                    ADD,
                    now.toString(),
                    Columns.of(objects, Removal::objectKey),
                    Columns.of(objects, Removal::mayCome));
        }
    }
}
