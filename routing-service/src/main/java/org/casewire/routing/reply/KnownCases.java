package org.casewire.routing.reply;

import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.rows.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Which cases a person may file a text on: those that are there, and those nobody told of that have sent a text. */
@Repository
class KnownCases {

    private static final String UNKNOWN = """
            SELECT wanted.kind, wanted.case_id
            FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS wanted (kind, case_id, number)
            LEFT JOIN case_file AS file
                   ON file.site = ? AND file.kind = wanted.kind AND file.case_id = wanted.case_id
            WHERE file.gone_at IS NOT NULL
               OR file.site IS NULL
                  AND NOT EXISTS (SELECT FROM sent_message AS message
                                  WHERE message.site = ? AND message.case_kind = wanted.kind
                                    AND message.case_id = wanted.case_id AND message.last_accepted_at IS NOT NULL)
            ORDER BY number
            """;

    private final JdbcTemplate jdbc;

    KnownCases(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Those among the wanted ones that a text cannot be filed on. */
    List<CaseRef> unknown(String site, List<CaseRef> wanted) {
        return jdbc.query(
                UNKNOWN,
                (row, number) -> new CaseRef(CaseRef.Kind.valueOf(row.getString("kind")), row.getString("case_id")),
                Columns.of(wanted, CaseRef::kind),
                Columns.of(wanted, CaseRef::id),
                site,
                site);
    }
}
