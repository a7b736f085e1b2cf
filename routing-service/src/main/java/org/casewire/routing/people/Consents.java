package org.casewire.routing.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.casewire.events.ConsentEvent;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.ConsentPolicy;
import org.casewire.events.rows.Columns;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.UnreadableEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What everybody said about being texted, as far as it is in force. The evidence is outbound's to keep. */
@Repository
public class Consents {

    private static final String LOCK = """
            SELECT consent_state.*
            FROM consent_state JOIN unnest(?::text[], ?::text[]) AS wanted (site, contact) USING (site, contact)
            ORDER BY site, contact
            FOR UPDATE OF consent_state
            """;

    private static final String SAVE = """
            INSERT INTO consent_state (site, contact, state, source, confirmed, at, review_at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::timestamptz[],
                                 ?::timestamptz[])
            ON CONFLICT (site, contact) DO UPDATE
            SET state = EXCLUDED.state, source = EXCLUDED.source, confirmed = EXCLUDED.confirmed, at = EXCLUDED.at,
                review_at = EXCLUDED.review_at
            """;

    private static final String FIND = "SELECT * FROM consent_state WHERE site = ? AND contact = ANY (?::text[])";

    private final JdbcTemplate jdbc;
    private final Sites sites;
    private final Clock clock;

    Consents(JdbcTemplate jdbc, Sites sites, Clock clock) {
        this.jdbc = jdbc;
        this.sites = sites;
        this.clock = clock;
    }

    /**
     * Whether a person may be texted.
     *
     * @param state OPTED_IN, OPTED_OUT, PENDING, UNKNOWN when nothing was ever said, NEEDS_REVIEW when nothing else was
     * @param at when it was said
     * @param needsReview whether words of the person wait for somebody to decide what they mean
     */
    public record Standing(
            String state, @Nullable Source source, @Nullable Instant at, boolean needsReview) {

        /** Nothing was ever said. */
        public static final Standing UNKNOWN = new Standing("UNKNOWN", null, null, false);
    }

    @Transactional
    void hear(List<Received<ConsentEvent>> batch) {
        List<ConsentChanged> said = batch.stream().map(Consents::changed).toList();
        Map<Conversation, Consent> known =
                lock(said.stream().map(this::person).distinct().toList());
        Instant now = clock.instant();
        for (ConsentChanged one : said) {
            known.put(
                    person(one),
                    known.getOrDefault(person(one), Consent.UNKNOWN).after(one, now));
        }
        save(known);
    }

    private static ConsentChanged changed(Received<ConsentEvent> received) {
        return switch (received) {
            case Received.Arrived<ConsentEvent>(ConsentChanged changed, var problems, var origin) -> changed;
            case Received.Tombstone<ConsentEvent> nothing -> throw new UnreadableEvent("the record has no value");
        };
    }

    private Conversation person(ConsentChanged changed) {
        String region = sites.find(changed.site()).map(SiteDocument::region).orElse("US");
        return new Conversation(changed.site(), PhoneNumbers.normalised(changed.contact(), region));
    }

    private Map<Conversation, Consent> lock(Collection<Conversation> people) {
        Map<Conversation, Consent> found = new HashMap<>();
        jdbc.query(
                LOCK,
                row -> {
                    found.put(new Conversation(row.getString("site"), row.getString("contact")), consent(row));
                },
                Columns.of(people, Conversation::site),
                Columns.of(people, Conversation::contact));
        return found;
    }

    private static Consent consent(ResultSet row) throws SQLException {
        String state = row.getString("state");
        String source = row.getString("source");
        return new Consent(
                state == null ? null : State.valueOf(state),
                source == null ? null : Source.valueOf(source),
                row.getBoolean("confirmed"),
                Columns.timeOrNull(row, "at"),
                Columns.timeOrNull(row, "review_at"));
    }

    private void save(Map<Conversation, Consent> consents) {
        List<Map.Entry<Conversation, Consent>> rows = new ArrayList<>(consents.entrySet());
        rows.sort(Map.Entry.comparingByKey(
                Comparator.comparing(Conversation::site).thenComparing(Conversation::contact)));
        jdbc.update(
                SAVE,
                Columns.of(rows, row -> row.getKey().site()),
                Columns.of(rows, row -> row.getKey().contact()),
                Columns.of(rows, row -> row.getValue().state()),
                Columns.of(rows, row -> row.getValue().source()),
                Columns.of(rows, row -> row.getValue().confirmed()),
                Columns.of(rows, row -> row.getValue().at()),
                Columns.of(rows, row -> row.getValue().reviewAt()));
    }

    /** How these people stand; everybody stands there. */
    public Map<String, Standing> of(SiteDocument site, Collection<String> contacts) {
        Map<String, Standing> found = new HashMap<>();
        contacts.forEach(contact -> found.put(contact, Standing.UNKNOWN));
        if (!contacts.isEmpty()) {
            jdbc.query(
                    FIND,
                    row -> {
                        found.put(row.getString("contact"), standing(consent(row), site.consentPolicy()));
                    },
                    site.site(),
                    Columns.of(contacts, contact -> contact));
        }
        return found;
    }

    /** A double opt-in is pending until the person has texted START. */
    private static Standing standing(Consent consent, ConsentPolicy policy) {
        State state = consent.state();
        if (state == null) {
            return consent.reviewAt() == null
                    ? Standing.UNKNOWN
                    : new Standing(State.NEEDS_REVIEW.name(), null, consent.reviewAt(), true);
        }
        boolean pending = policy == ConsentPolicy.DOUBLE_OPT_IN && state == State.OPTED_IN && !consent.confirmed();
        return new Standing(
                pending ? State.PENDING.name() : state.name(),
                consent.source(),
                consent.at(),
                consent.reviewAt() != null);
    }
}
