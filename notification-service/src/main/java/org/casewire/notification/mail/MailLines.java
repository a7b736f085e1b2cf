package org.casewire.notification.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.rows.Columns;
import org.casewire.notification.mail.Line.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is to be told, what is being told and what was told, for all instances. */
@Component
class MailLines {

    private static final String NOTE = """
            INSERT INTO mail_matters (site, kind, matter_id, happened_at, noted_at)
            SELECT site, kind, id, at, :now::timestamptz
            FROM unnest(:sites::text[], :kinds::text[], :ids::text[], :times::timestamptz[]) AS told (site, kind, id, at)
            ON CONFLICT DO NOTHING
            """;

    private static final String OPEN = """
            INSERT INTO mail_lines (site, kind, next_at)
            SELECT DISTINCT site, kind, :now::timestamptz FROM unnest(:sites::text[], :kinds::text[]) AS told (site, kind)
            ORDER BY site, kind
            ON CONFLICT DO NOTHING
            """;

    private static final String FORGET = """
            DELETE FROM mail_matters
            WHERE told_at IS NULL
              AND (site, kind, matter_id) IN (SELECT * FROM unnest(:sites::text[], :kinds::text[], :ids::text[]))
            """;

    private static final String DUE = """
            SELECT site, kind, mail_id, attempts FROM mail_lines line
            WHERE next_at <= :now::timestamptz AND (claimed_until IS NULL OR claimed_until <= :now::timestamptz)
              AND EXISTS (SELECT FROM mail_matters matter
                          WHERE matter.site = line.site AND matter.kind = line.kind AND told_at IS NULL)
            ORDER BY next_at LIMIT 1
            FOR UPDATE SKIP LOCKED
            """;

    private static final String CLAIM = """
            UPDATE mail_lines SET mail_id = :mail, claimed_until = :until::timestamptz WHERE site = :site AND kind = :kind
            """;

    private static final String IS_STILL_TO_BE_TOLD = """
            SELECT EXISTS (SELECT FROM mail_matters
                           WHERE site = :site AND kind = :kind AND told_at IS NULL AND mail_id = :mail)
            """;

    private static final String PUT_IN = """
            UPDATE mail_matters SET mail_id = :mail WHERE site = :site AND kind = :kind AND told_at IS NULL
            """;

    private static final String CONTENTS = """
            SELECT matter_id, happened_at, count(*) OVER () AS total FROM mail_matters
            WHERE site = :site AND kind = :kind AND told_at IS NULL AND mail_id = :mail
            ORDER BY happened_at, matter_id LIMIT :most
            """;

    private static final String TOLD = """
            UPDATE mail_matters SET told_at = :now::timestamptz
            WHERE site = :site AND kind = :kind AND told_at IS NULL AND mail_id = :mail
            """;

    private static final String RELEASE = """
            UPDATE mail_lines
            SET next_at = :next::timestamptz, attempts = :attempts, claimed_until = NULL, refused = :refused,
                mail_id = CASE WHEN :keepMail THEN mail_id END
            WHERE site = :site AND kind = :kind AND mail_id = :mail
            """;

    private static final String DROP = """
            DELETE FROM mail_matters WHERE site = :site AND kind = :kind AND told_at IS NULL
            """;

    private static final String REFUSED = "SELECT site, kind, refused FROM mail_lines WHERE refused IS NOT NULL";

    private static final String WAKE = """
            UPDATE mail_lines SET next_at = :now::timestamptz, refused = NULL WHERE site = :site AND kind = :kind
            """;

    private static final String LAPSE = """
            DELETE FROM mail_matters WHERE (site, kind, matter_id) IN (
                SELECT site, kind, matter_id FROM mail_matters WHERE noted_at < :before::timestamptz
                ORDER BY noted_at LIMIT :most
                FOR UPDATE SKIP LOCKED)
            RETURNING CASE WHEN told_at IS NULL THEN kind END
            """;

    private final JdbcClient jdbc;

    MailLines(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An e-mail that this instance sends now; the id is the same each time the same contents are tried. */
    record Claim(Line line, UUID mailId, int attempts) {}

    /** The first of what an e-mail tells, oldest first, and how many there are in all. */
    record Contents(List<Matter> first, int total) {}

    /** A line whose address the mail server refused. */
    record Refused(Line line, String address) {}

    /** Takes in what is to be told; what was taken in before is not told again. */
    void note(Collection<Matter> matters, Instant now) {
        List<Matter> inOrder = matters.stream()
                .sorted(Comparator.comparing((Matter one) -> one.line().site()).thenComparing(Matter::id))
                .toList();
        keys(NOTE, inOrder)
                .param("ids", Columns.of(inOrder, Matter::id))
                .param("times", Columns.of(inOrder, Matter::at))
                .param("now", now.toString())
                .update();
        keys(OPEN, inOrder).param("now", now.toString()).update();
    }

    /** Takes back what need not be told any more. */
    void forget(Collection<Matter> matters) {
        keys(FORGET, matters).param("ids", Columns.of(matters, Matter::id)).update();
    }

    /** Takes the longest due line that no other instance has, with all that is to be told there. */
    @Transactional
    Optional<Claim> claim(Instant now, Duration lease) {
        return jdbc.sql(DUE)
                .param("now", now.toString())
                .query(MailLines::claim)
                .optional()
                .map(due -> {
                    Claim claim = filled(due);
                    of(CLAIM, claim).param("until", now.plus(lease).toString()).update();
                    return claim;
                });
    }

    /** What may have left is tried as it was; otherwise all that came meanwhile goes along. */
    private Claim filled(Claim due) {
        if (of(IS_STILL_TO_BE_TOLD, due).query(Boolean.class).single()) {
            return due;
        }
        Claim anew = new Claim(due.line(), UUID.randomUUID(), due.attempts());
        of(PUT_IN, anew).update();
        return anew;
    }

    private record Told(Matter matter, int total) {}

    Contents contents(Claim claim, int most) {
        List<Told> rows = of(CONTENTS, claim)
                .param("most", most)
                .query((row, number) -> new Told(
                        new Matter(claim.line(), row.getString("matter_id"), Columns.time(row, "happened_at")),
                        row.getInt("total")))
                .list();
        int total = rows.isEmpty() ? 0 : rows.getFirst().total();
        return new Contents(rows.stream().map(Told::matter).toList(), total);
    }

    /** The server has it. */
    @Transactional
    void told(Claim claim, Instant now, Instant next) {
        of(TOLD, claim).param("now", now.toString()).update();
        release(claim, next, 0, false, null);
    }

    /** The server has it not, or may have it. */
    void failed(Claim claim, Instant next, boolean mayHaveLeft) {
        release(claim, next, claim.attempts() + 1, mayHaveLeft, null);
    }

    /** The server does not deliver to that address. */
    void refused(Claim claim, Instant next, String address) {
        release(claim, next, claim.attempts() + 1, false, address);
    }

    /** Nobody can be told. */
    @Transactional
    int drop(Claim claim, Instant now) {
        release(claim, now, 0, false, null);
        return line(DROP, claim.line()).update();
    }

    List<Refused> refused() {
        return jdbc.sql(REFUSED)
                .query((row, number) -> new Refused(line(row), row.getString("refused")))
                .list();
    }

    /** Tries again at once. */
    void wake(Line line, Instant now) {
        line(WAKE, line).param("now", now.toString()).update();
    }

    /** Deletes some of what is old; the kind of each that was never told, empty for the others. */
    List<Optional<Kind>> lapse(Instant before, int most) {
        return jdbc.sql(LAPSE)
                .param("before", before.toString())
                .param("most", most)
                .query((row, number) -> Optional.ofNullable(row.getString(1)).map(Kind::valueOf))
                .list();
    }

    long waiting() {
        return jdbc.sql("SELECT count(*) FROM mail_matters WHERE told_at IS NULL")
                .query(Long.class)
                .single();
    }

    private void release(Claim claim, Instant next, int attempts, boolean keepMail, @Nullable String refused) {
        of(RELEASE, claim)
                .param("next", next.toString())
                .param("attempts", attempts)
                .param("keepMail", keepMail)
                .param("refused", refused)
                .update();
    }

    private JdbcClient.StatementSpec keys(String sql, Collection<Matter> matters) {
        return jdbc.sql(sql)
                .param("sites", Columns.of(matters, one -> one.line().site()))
                .param("kinds", Columns.of(matters, one -> one.line().kind()));
    }

    private JdbcClient.StatementSpec of(String sql, Claim claim) {
        return line(sql, claim.line()).param("mail", claim.mailId());
    }

    private JdbcClient.StatementSpec line(String sql, Line line) {
        return jdbc.sql(sql)
                .param("site", line.site())
                .param("kind", line.kind().name());
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(row.getString("site"), Kind.valueOf(row.getString("kind")));
    }

    private static Claim claim(ResultSet row, int number) throws SQLException {
        UUID mailId = row.getObject("mail_id", UUID.class);
        return new Claim(line(row), mailId == null ? UUID.randomUUID() : mailId, row.getInt("attempts"));
    }
}
