package org.casewire.outbound.consent;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.consent.Consent.Review;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;

/** Owns the tables of consents and their ledger; everything is read and written in batches. */
@Repository
class ConsentStore {

    private static final String PREPARE = """
            INSERT INTO consent (site, contact)
            SELECT DISTINCT site, contact FROM unnest(?::text[], ?::text[]) AS n (site, contact) ORDER BY site, contact
            ON CONFLICT DO NOTHING
            """;

    private static final String COLUMNS = """
            SELECT site, contact, state, source, confirmed, categories, evidence::text AS evidence, at,
                   review_at, review_source, review_evidence::text AS review_evidence
            FROM consent
            """;

    private static final String LOCK = COLUMNS + """
            WHERE (site, contact) IN (SELECT * FROM unnest(?::text[], ?::text[]))
            ORDER BY site, contact
            FOR UPDATE
            """;

    private static final String ONE = COLUMNS + "WHERE site = ? AND contact = ?";

    private static final String STANDINGS = """
            SELECT site, contact, state, source, confirmed, at FROM consent
            WHERE (site, contact) IN (SELECT * FROM unnest(?::text[], ?::text[])) AND state IS NOT NULL
            """;

    private static final String KNOWN = """
            SELECT site, contact, identity FROM consent_entry
            WHERE (site, contact, identity) IN (SELECT * FROM unnest(?::text[], ?::text[], ?::text[]))
            """;

    private static final String NOTE = """
            INSERT INTO consent_entry (site, contact, state, source, categories, evidence, at, noted_at, moved, remark,
                                       identity)
            SELECT site, contact, state, source, ARRAY(SELECT jsonb_array_elements_text(categories::jsonb)),
                   nullif(evidence, 'null')::jsonb, at, noted_at, moved, remark, identity
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                        ?::timestamptz[], ?::boolean[], ?::text[], ?::text[]) WITH ORDINALITY
                 AS n (site, contact, state, source, categories, evidence, at, noted_at, moved, remark, identity, place)
            ORDER BY place
            """;

    /** The rows are there, locked; written as an insert each is found by its key, however many there are. */
    private static final String SAVE = """
            INSERT INTO consent (site, contact, state, source, confirmed, categories, evidence, at, review_at,
                                 review_source, review_evidence)
            SELECT site, contact, state, source, confirmed, ARRAY(SELECT jsonb_array_elements_text(categories::jsonb)),
                   nullif(evidence, 'null')::jsonb, at, review_at, review_source, nullif(review_evidence, 'null')::jsonb
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[],
                        ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[])
                 AS n (site, contact, state, source, confirmed, categories, evidence, at, review_at, review_source,
                       review_evidence)
            ON CONFLICT (site, contact) DO UPDATE SET
                state = excluded.state, source = excluded.source, confirmed = excluded.confirmed,
                categories = excluded.categories, evidence = excluded.evidence, at = excluded.at,
                review_at = excluded.review_at, review_source = excluded.review_source,
                review_evidence = excluded.review_evidence
            """;

    private final JdbcTemplate jdbc;

    ConsentStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A statement with what became of it. */
    record Noted(Statement said, Outcome outcome, Instant notedAt) {}

    /** The same statement by the same person. */
    record Identity(Conversation person, String identity) {

        static Identity of(Statement said) {
            return new Identity(said.person(), said.identity());
        }
    }

    /** The consents of people, locked until the transaction ends; who was never heard of starts unknown. */
    Map<Conversation, Consent> lock(Collection<Conversation> people) {
        @Nullable String[] sites = Columns.of(people, Conversation::site);
        @Nullable String[] contacts = Columns.of(people, Conversation::contact);
        jdbc.update(PREPARE, sites, contacts);
        Map<Conversation, Consent> locked = new HashMap<>();
        RowCallbackHandler collect = row -> locked.put(person(row), consent(row));
        jdbc.query(LOCK, collect, sites, contacts);
        return locked;
    }

    Optional<Consent> find(Conversation person) {
        return jdbc.query(ONE, (row, number) -> consent(row), person.site(), person.contact()).stream()
                .findFirst();
    }

    Map<Conversation, Standing> standings(Collection<Conversation> people) {
        Map<Conversation, Standing> standings = new HashMap<>();
        RowCallbackHandler collect = row -> {
            Standing standing = standing(row);
            if (standing != null) {
                standings.put(person(row), standing);
            }
        };
        jdbc.query(
                STANDINGS, collect, Columns.of(people, Conversation::site), Columns.of(people, Conversation::contact));
        return standings;
    }

    /** Which of these were noted before. */
    Set<Identity> known(Collection<Identity> statements) {
        return new HashSet<>(jdbc.query(
                KNOWN,
                (row, number) -> new Identity(person(row), row.getString("identity")),
                Columns.of(statements, one -> one.person().site()),
                Columns.of(statements, one -> one.person().contact()),
                Columns.of(statements, Identity::identity)));
    }

    /** Adds entries to the ledger, in this order. */
    void note(List<Noted> entries) {
        jdbc.update(
                NOTE,
                Columns.of(entries, entry -> entry.said().person().site()),
                Columns.of(entries, entry -> entry.said().person().contact()),
                Columns.of(entries, entry -> entry.said().state()),
                Columns.of(entries, entry -> entry.said().source()),
                Columns.json(entries, entry -> entry.said().categories()),
                json(entries, entry -> entry.said().evidence()),
                Columns.of(entries, entry -> entry.said().at()),
                Columns.of(entries, Noted::notedAt),
                Columns.of(entries, entry -> entry.outcome() == Outcome.MOVED),
                Columns.of(entries, entry -> entry.outcome().remark()),
                Columns.of(entries, entry -> entry.said().identity()));
    }

    /** Writes locked consents back as they stand now. */
    void save(Collection<Consent> consents) {
        jdbc.update(
                SAVE,
                Columns.of(consents, consent -> consent.person().site()),
                Columns.of(consents, consent -> consent.person().contact()),
                Columns.of(consents, consent -> of(consent.standing(), Standing::state)),
                Columns.of(consents, consent -> of(consent.standing(), Standing::source)),
                Columns.of(
                        consents,
                        consent ->
                                consent.standing() != null && consent.standing().confirmed()),
                Columns.json(consents, Consent::categories),
                json(consents, Consent::evidence),
                Columns.of(consents, consent -> of(consent.standing(), Standing::at)),
                Columns.of(consents, consent -> of(consent.review(), Review::at)),
                Columns.of(consents, consent -> of(consent.review(), Review::source)),
                json(consents, consent -> of(consent.review(), Review::evidence)));
    }

    private static <T, V> @Nullable V of(
            @Nullable T whole, java.util.function.Function<T, ? extends @Nullable V> part) {
        return whole == null ? null : part.apply(whole);
    }

    /** JSON's own null stands for none. */
    private static <T> String[] json(
            Collection<T> rows, java.util.function.Function<? super T, ? extends @Nullable Object> column) {
        return Columns.json(rows, row -> Optional.ofNullable((Object) column.apply(row)));
    }

    static Conversation person(ResultSet row) throws SQLException {
        return new Conversation(row.getString("site"), row.getString("contact"));
    }

    private static Consent consent(ResultSet row) throws SQLException {
        return new Consent(
                person(row), standing(row), categories(row), evidence(row.getString("evidence")), review(row));
    }

    private static @Nullable Standing standing(ResultSet row) throws SQLException {
        String state = row.getString("state");
        return state == null
                ? null
                : new Standing(
                        State.valueOf(state),
                        Source.valueOf(row.getString("source")),
                        row.getBoolean("confirmed"),
                        Columns.time(row, "at"));
    }

    private static @Nullable Review review(ResultSet row) throws SQLException {
        Instant at = Columns.timeOrNull(row, "review_at");
        return at == null
                ? null
                : new Review(
                        Source.valueOf(row.getString("review_source")), evidence(row.getString("review_evidence")), at);
    }

    static List<String> categories(ResultSet row) throws SQLException {
        return Arrays.asList((String[]) row.getArray("categories").getArray());
    }

    static @Nullable Evidence evidence(@Nullable String json) {
        return json == null ? null : WireJson.MAPPER.readValue(json, Evidence.class);
    }
}
