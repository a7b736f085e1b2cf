package org.casewire.routing.sent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;
import org.casewire.events.rows.Columns;
import org.casewire.routing.matching.Facts.Texted;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** When each case last texted a number. Rows are never dropped; cases that are gone are told as such. */
@Repository
public class LastTexted {

    private static final String SAVE = """
            INSERT INTO last_texted AS last (site, contact, kind, case_id, accepted_at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
            ON CONFLICT (site, contact, kind, case_id) DO UPDATE
            SET accepted_at = EXCLUDED.accepted_at
            WHERE EXCLUDED.accepted_at > last.accepted_at
            """;

    private static final String OF_CONTACTS = """
            SELECT last.*, file.updated_at, file.gone_at IS NOT NULL AS gone
            FROM unnest(?::text[], ?::text[]) AS wanted (site, contact)
            JOIN last_texted AS last ON last.site = wanted.site AND last.contact = wanted.contact
            LEFT JOIN case_file AS file
                   ON file.site = last.site AND file.kind = last.kind AND file.case_id = last.case_id
            """;

    private final JdbcTemplate jdbc;

    LastTexted(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Key(Conversation conversation, CaseRef ref) {}

    void save(List<Acceptance> acceptances) {
        Collection<Acceptance> latest = acceptances.stream()
                .collect(Collectors.toMap(
                        one -> new Key(one.conversation(), one.ref()),
                        one -> one,
                        BinaryOperator.maxBy(Comparator.comparing(Acceptance::at))))
                .values();
        if (!latest.isEmpty()) {
            jdbc.update(
                    SAVE,
                    Columns.of(latest, one -> one.conversation().site()),
                    Columns.of(latest, one -> one.conversation().contact()),
                    Columns.of(latest, one -> one.ref().kind()),
                    Columns.of(latest, one -> one.ref().id()),
                    Columns.of(latest, Acceptance::at));
        }
    }

    /** The cases that ever texted these people. */
    public Map<Conversation, List<Texted>> texting(Collection<Conversation> contacts) {
        Map<Conversation, List<Texted>> found = new HashMap<>();
        jdbc.query(
                OF_CONTACTS,
                row -> {
                    CaseRef ref = new CaseRef(CaseRef.Kind.valueOf(row.getString("kind")), row.getString("case_id"));
                    found.computeIfAbsent(
                                    new Conversation(row.getString("site"), row.getString("contact")),
                                    one -> new ArrayList<>())
                            .add(new Texted(
                                    ref,
                                    Columns.time(row, "accepted_at"),
                                    Columns.timeOrNull(row, "updated_at"),
                                    row.getBoolean("gone")));
                },
                Columns.of(contacts, Conversation::site),
                Columns.of(contacts, Conversation::contact));
        return found;
    }
}
