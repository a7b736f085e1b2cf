package org.casewire.routing.conversation;

import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The cases that have to do with a person: those that texted the number, then those that hold it. */
@Repository
class ConversationCases {

    /** Thousands of cases may share one number; nobody reads them. */
    static final int SHOWN = 100;

    private static final String OF_CONTACT = """
            SELECT known.kind, known.case_id
            FROM (SELECT kind, case_id, max(accepted_at) AS texted_at
                  FROM (SELECT kind, case_id, accepted_at FROM last_texted WHERE site = ? AND contact = ?
                        UNION ALL
                        SELECT kind, case_id, NULL FROM case_number WHERE site = ? AND contact = ?) AS found
                  GROUP BY kind, case_id) AS known
            LEFT JOIN case_file AS file
                   ON file.site = ? AND file.kind = known.kind AND file.case_id = known.case_id
            WHERE file.gone_at IS NULL
            ORDER BY known.texted_at DESC NULLS LAST, known.case_id DESC, known.kind
            LIMIT ?
            """;

    private final JdbcTemplate jdbc;

    ConversationCases(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<CaseRef> of(Conversation person) {
        String site = person.site();
        String contact = person.contact();
        return jdbc.query(
                OF_CONTACT,
                (row, number) -> new CaseRef(CaseRef.Kind.valueOf(row.getString("kind")), row.getString("case_id")),
                site,
                contact,
                site,
                contact,
                site,
                SHOWN);
    }
}
