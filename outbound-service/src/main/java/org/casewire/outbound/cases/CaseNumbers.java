package org.casewire.outbound.cases;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.CaseEvent.Phones;
import org.casewire.events.CaseRef;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.PhoneField;
import org.casewire.events.rows.Columns;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.snapshot.Change;
import org.casewire.outbound.snapshot.Change.Gone;
import org.casewire.outbound.snapshot.Change.Told;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Knows the numbers of the upstream's cases. */
@Repository
public class CaseNumbers {

    /** A tombstone that was applied before changes nothing: read once more, it would bury what revived the case. */
    private static final String MARK_GONE = """
            INSERT INTO case_phones AS known (site, case_ref, updated_at, gone_at, log_offset, log_time)
            SELECT site, case_ref, gone_at, gone_at, log_offset, log_time
            FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::timestamptz[])
                 AS gone (site, case_ref, gone_at, log_offset, log_time)
            ON CONFLICT (site, case_ref) DO UPDATE
            SET gone_at = greatest(known.gone_at, known.updated_at, EXCLUDED.gone_at), phones = NULL,
                log_offset = EXCLUDED.log_offset, log_time = EXCLUDED.log_time
            WHERE EXCLUDED.log_offset > known.log_offset OR EXCLUDED.log_time > known.log_time
            """;

    private static final String REPLACE_OLDER = """
            INSERT INTO case_phones AS known (site, case_ref, phones, updated_at, log_offset, log_time)
            SELECT * FROM unnest(?::text[], ?::text[], ?::jsonb[], ?::timestamptz[], ?::bigint[], ?::timestamptz[])
            ON CONFLICT (site, case_ref) DO UPDATE
            SET phones = EXCLUDED.phones, updated_at = EXCLUDED.updated_at, gone_at = NULL,
                log_offset = EXCLUDED.log_offset, log_time = EXCLUDED.log_time
            WHERE EXCLUDED.updated_at >= known.updated_at
              AND (known.gone_at IS NULL OR EXCLUDED.updated_at > known.gone_at)
            """;

    private static final String PHONES = """
            SELECT phones FROM case_phones WHERE site = ? AND case_ref = ? AND gone_at IS NULL
            """;

    private final JdbcTemplate jdbc;
    private final Sites sites;

    CaseNumbers(JdbcTemplate jdbc, Sites sites) {
        this.jdbc = jdbc;
        this.sites = sites;
    }

    /** The first valid number of the site's phone fields, in E.164; a case that is gone or unknown has none. */
    public Optional<String> numberOf(String site, CaseRef ref) {
        return sites.find(site)
                .flatMap(document ->
                        jdbc.query(PHONES, (row, number) -> row.getString("phones"), site, ref.toString()).stream()
                                .map(json -> WireJson.MAPPER.readValue(json, Phones.class))
                                .findFirst()
                                .flatMap(phones -> first(phones, document)));
    }

    private static Optional<String> first(Phones phones, SiteDocument site) {
        return site.phoneFields().stream()
                .flatMap(field -> written(phones, field).stream())
                .filter(Objects::nonNull)
                .flatMap(written -> PhoneNumbers.read(written, site.region()).stream())
                .map(PhoneNumbers.Known::e164)
                .findFirst();
    }

    private static List<String> written(Phones phones, PhoneField field) {
        return switch (field) {
            case mobile -> phones.mobile();
            case home -> phones.home();
            case other -> phones.other();
        };
    }

    /** Takes over what is not older than what is there. */
    @Transactional
    public void apply(Collection<Change<CaseChanged>> changes) {
        markGone(Change.gone(changes));
        replaceOlder(Change.latest(changes));
    }

    private void markGone(List<Gone> gone) {
        if (!gone.isEmpty()) {
            jdbc.update(
                    MARK_GONE,
                    Columns.of(gone, Gone::site),
                    Columns.of(gone, Gone::id),
                    Columns.of(gone, Gone::at),
                    Columns.of(gone, one -> one.by().offset()),
                    Columns.of(gone, one -> one.by().time()));
        }
    }

    private void replaceOlder(List<Told<CaseChanged>> told) {
        if (!told.isEmpty()) {
            jdbc.update(
                    REPLACE_OLDER,
                    Columns.of(told, one -> one.snapshot().site()),
                    Columns.of(told, one -> one.snapshot().caseRef()),
                    Columns.json(told, one -> one.snapshot().phones()),
                    Columns.of(told, Told::updatedAt),
                    Columns.of(told, one -> one.by().offset()),
                    Columns.of(told, one -> one.by().time()));
        }
    }
}
