package org.casewire.outbound.preference;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.casewire.events.ContactEvent.ContactChanged;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.rows.Columns;
import org.casewire.events.site.Sites;
import org.casewire.outbound.snapshot.Change;
import org.casewire.outbound.snapshot.Change.Gone;
import org.casewire.outbound.snapshot.Change.Told;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of the upstream's clients and of the marks of those that are gone. */
@Repository
class UpstreamContacts {

    /**
     * A tombstone that was applied before changes nothing: read once more, it would bury the snapshot that revived the
     * client after it. The time counts beside the offset, for a topic made anew counts from 0 again.
     */
    private static final String MARK_GONE = """
            INSERT INTO upstream_contact AS known (site, contact_id, updated_at, gone_at, log_offset, log_time)
            SELECT site, contact_id, gone_at, gone_at, log_offset, log_time
            FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::timestamptz[])
                 AS gone (site, contact_id, gone_at, log_offset, log_time)
            ON CONFLICT (site, contact_id) DO UPDATE
            SET gone_at = greatest(known.gone_at, known.updated_at, EXCLUDED.gone_at), mobile = NULL, time_zone = NULL,
                texting_enabled = NULL, delivery = NULL, delivery_locked = NULL,
                log_offset = EXCLUDED.log_offset, log_time = EXCLUDED.log_time
            WHERE EXCLUDED.log_offset > known.log_offset OR EXCLUDED.log_time > known.log_time
            """;

    private static final String REPLACE_OLDER = """
            INSERT INTO upstream_contact AS known
                   (site, contact_id, mobile, time_zone, texting_enabled, delivery, delivery_locked, updated_at,
                    log_offset, log_time)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::boolean[],
                                 ?::timestamptz[], ?::bigint[], ?::timestamptz[])
            ON CONFLICT (site, contact_id) DO UPDATE
            SET mobile = EXCLUDED.mobile, time_zone = EXCLUDED.time_zone, texting_enabled = EXCLUDED.texting_enabled,
                delivery = EXCLUDED.delivery, delivery_locked = EXCLUDED.delivery_locked,
                updated_at = EXCLUDED.updated_at, gone_at = NULL,
                log_offset = EXCLUDED.log_offset, log_time = EXCLUDED.log_time
            WHERE EXCLUDED.updated_at >= known.updated_at
              AND (known.gone_at IS NULL OR EXCLUDED.updated_at > known.gone_at)
            """;

    /** Of a site we do not know yet: its clients may come before it. */
    private static final String USUAL_REGION = "US";

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

    private final JdbcTemplate jdbc;
    private final Sites sites;

    UpstreamContacts(JdbcTemplate jdbc, Sites sites) {
        this.jdbc = jdbc;
        this.sites = sites;
    }

    /** Takes over what is not older than what is there. */
    @Transactional
    public void apply(Collection<Change<ContactChanged>> changes) {
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

    private void replaceOlder(List<Told<ContactChanged>> told) {
        if (!told.isEmpty()) {
            jdbc.update(
                    REPLACE_OLDER,
                    Columns.of(told, one -> one.snapshot().site()),
                    Columns.of(told, one -> one.snapshot().contactId()),
                    Columns.of(told, one -> mobile(one.snapshot())),
                    Columns.of(told, one -> one.snapshot().timeZone()),
                    Columns.of(told, one -> one.snapshot().textingEnabled()),
                    Columns.of(told, one -> one.snapshot().delivery()),
                    Columns.of(told, one -> one.snapshot().deliveryLocked()),
                    Columns.of(told, one -> one.updatedAt()),
                    Columns.of(told, one -> one.by().offset()),
                    Columns.of(told, one -> one.by().time()));
        }
    }

    /** In E.164; what cannot be texted belongs to nobody. */
    private @Nullable String mobile(ContactChanged changed) {
        String written = changed.mobile();
        if (written == null) {
            return null;
        }
        String region = sites.find(changed.site()).map(SiteDocument::region).orElse(USUAL_REGION);
        String number = PhoneNumbers.normalised(written, region);
        return E164.matcher(number).matches() ? number : null;
    }
}
