package org.casewire.routing.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;
import org.casewire.events.SiteDocument.PhoneField;
import org.casewire.events.rows.Columns;
import org.casewire.routing.cases.CaseFiles.Outdated;
import org.casewire.routing.cases.CaseFiles.Snapshot;
import org.casewire.routing.matching.Facts.Holder;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** By which numbers cases can be found. */
@Repository
public class CaseNumbers {

    private static final String REMOVE = """
            DELETE FROM case_number AS number
            USING unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                  AS old (site, contact, field, kind, case_id)
            WHERE number.site = old.site AND number.contact = old.contact AND number.field = old.field
              AND number.kind = old.kind AND number.case_id = old.case_id
            """;

    private static final String ADD = """
            INSERT INTO case_number (site, contact, field, kind, case_id, dated_at, updated_at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                 ?::timestamptz[], ?::timestamptz[])
            ON CONFLICT (site, contact, field, kind, case_id) DO UPDATE
            SET dated_at = EXCLUDED.dated_at, updated_at = EXCLUDED.updated_at
            """;

    private static final String HOLDERS = """
            SELECT number.*
            FROM unnest(?::text[], ?::text[]) AS sender (site, contact)
            JOIN case_number AS number ON number.site = sender.site AND number.contact = sender.contact
            """;

    private final JdbcTemplate jdbc;

    CaseNumbers(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(
            CaseKey key,
            CaseNumber number,
            @Nullable Instant datedAt,
            @Nullable Instant updatedAt) {}

    void remove(Collection<Outdated> outdated) {
        List<Row> rows = outdated.stream()
                .flatMap(old -> old.numbers().stream().map(number -> new Row(old.key(), number, null, null)))
                .toList();
        if (!rows.isEmpty()) {
            jdbc.update(
                    REMOVE,
                    Columns.of(rows, row -> row.key().site()),
                    Columns.of(rows, row -> row.number().contact()),
                    Columns.of(rows, row -> row.number().field()),
                    Columns.of(rows, row -> row.key().ref().kind()),
                    Columns.of(rows, row -> row.key().ref().id()));
        }
    }

    void add(Collection<Snapshot> snapshots) {
        List<Row> rows = snapshots.stream()
                .flatMap(one -> one.numbers().stream()
                        .map(number -> new Row(
                                one.key(),
                                number,
                                dated(one.changed()),
                                one.changed().updatedAt())))
                .toList();
        if (!rows.isEmpty()) {
            jdbc.update(
                    ADD,
                    Columns.of(rows, row -> row.key().site()),
                    Columns.of(rows, row -> row.number().contact()),
                    Columns.of(rows, row -> row.number().field()),
                    Columns.of(rows, row -> row.key().ref().kind()),
                    Columns.of(rows, row -> row.key().ref().id()),
                    Columns.of(rows, Row::datedAt),
                    Columns.of(rows, Row::updatedAt));
        }
    }

    private static @Nullable Instant dated(CaseChanged changed) {
        return switch (changed.caseRef().kind()) {
            case CASE -> changed.openedAt();
            case INTAKE -> changed.intakeAt();
            case PRESCREEN -> null;
        };
    }

    /** The cases that hold these people's numbers, whatever the field. */
    public Map<Conversation, List<Holder>> holding(Collection<Conversation> senders) {
        Map<Conversation, List<Holder>> found = new HashMap<>();
        jdbc.query(
                HOLDERS,
                row -> {
                    Conversation sender = new Conversation(row.getString("site"), row.getString("contact"));
                    CaseRef ref = new CaseRef(CaseRef.Kind.valueOf(row.getString("kind")), row.getString("case_id"));
                    found.computeIfAbsent(sender, one -> new ArrayList<>())
                            .add(new Holder(
                                    ref,
                                    PhoneField.valueOf(row.getString("field")),
                                    Columns.timeOrNull(row, "dated_at"),
                                    Columns.time(row, "updated_at")));
                },
                Columns.of(senders, Conversation::site),
                Columns.of(senders, Conversation::contact));
        return found;
    }
}
