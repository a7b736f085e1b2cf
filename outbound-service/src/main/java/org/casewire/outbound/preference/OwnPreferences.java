package org.casewire.outbound.preference;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.casewire.outbound.message.ClaimBarrier;
import org.casewire.outbound.preference.ContactsPatch.Value;
import org.casewire.outbound.preference.Known.Wishes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table of what a site's own people decided about numbers. */
@Repository
class OwnPreferences {

    /** In one order, so that two bulk changes never wait for each other in a circle. */
    private static final String LOCK = """
            SELECT contact FROM own_preference WHERE site = :site AND contact = ANY (:contacts) ORDER BY contact FOR UPDATE
            """;

    private static final String CLEAR = """
            UPDATE own_preference
            SET texting_enabled = CASE WHEN :textingEnabled THEN NULL ELSE texting_enabled END,
                delivery = CASE WHEN :delivery THEN NULL ELSE delivery END,
                delivery_locked = CASE WHEN :deliveryLocked THEN NULL ELSE delivery_locked END,
                changed_by = :by, changed_at = :at::timestamptz
            WHERE site = :site AND contact = ANY (:contacts)
              AND (:textingEnabled AND texting_enabled IS NOT NULL OR :delivery AND delivery IS NOT NULL
                   OR :deliveryLocked AND delivery_locked IS NOT NULL)
            RETURNING contact
            """;

    private static final String SET = """
            INSERT INTO own_preference AS own
                   (site, contact, texting_enabled, delivery, delivery_locked, changed_by, changed_at)
            SELECT :site, contact, :textingEnabled::boolean, :delivery::text, :deliveryLocked::boolean, :by,
                   :at::timestamptz
            FROM unnest(:contacts::text[]) AS person (contact)
            ON CONFLICT (site, contact) DO UPDATE
            SET texting_enabled = coalesce(EXCLUDED.texting_enabled, own.texting_enabled),
                delivery = coalesce(EXCLUDED.delivery, own.delivery),
                delivery_locked = coalesce(EXCLUDED.delivery_locked, own.delivery_locked),
                changed_by = EXCLUDED.changed_by, changed_at = EXCLUDED.changed_at
            WHERE EXCLUDED.texting_enabled <> coalesce(own.texting_enabled, NOT EXCLUDED.texting_enabled)
               OR EXCLUDED.delivery <> coalesce(own.delivery, '')
               OR EXCLUDED.delivery_locked <> coalesce(own.delivery_locked, NOT EXCLUDED.delivery_locked)
            RETURNING contact
            """;

    private static final String FORGET_EMPTY = """
            DELETE FROM own_preference
            WHERE site = :site AND contact = ANY (:contacts)
              AND texting_enabled IS NULL AND delivery IS NULL AND delivery_locked IS NULL
            """;

    private static final String MOBILES = """
            SELECT contact_id, coalesce(mobile, '') AS mobile FROM upstream_contact
            WHERE site = :site AND contact_id = ANY (:contactIds) AND gone_at IS NULL
            """;

    private final JdbcClient jdbc;
    private final ClaimBarrier barrier;

    OwnPreferences(JdbcClient jdbc, ClaimBarrier barrier) {
        this.jdbc = jdbc;
        this.barrier = barrier;
    }

    /**
     * Decides for these numbers, in a handful of statements; no text is claimed any more that goes against it.
     *
     * @return the numbers for which that is a change
     */
    @Transactional
    public Set<String> change(
            String site, Collection<String> numbers, Wishes set, Set<Value> clear, String by, Instant at) {
        String[] contacts = new TreeSet<>(numbers).toArray(String[]::new);
        Set<String> changed = new HashSet<>();
        statement(LOCK, site, contacts).query(String.class).list();
        if (!clear.isEmpty()) {
            changed.addAll(clear(site, contacts, clear, by, at));
        }
        if (!set.equals(Wishes.NONE)) {
            changed.addAll(set(site, contacts, set, by, at));
        }
        statement(FORGET_EMPTY, site, contacts).update();
        if (!changed.isEmpty()) {
            barrier.await(Set.of(site));
        }
        return changed;
    }

    private JdbcClient.StatementSpec statement(String sql, String site, String[] contacts) {
        return jdbc.sql(sql).param("site", site).param("contacts", contacts);
    }

    private List<String> clear(String site, String[] contacts, Set<Value> clear, String by, Instant at) {
        return statement(CLEAR, site, contacts)
                .param("textingEnabled", clear.contains(Value.textingEnabled))
                .param("delivery", clear.contains(Value.delivery))
                .param("deliveryLocked", clear.contains(Value.deliveryLocked))
                .param("by", by)
                .param("at", at.toString())
                .query(String.class)
                .list();
    }

    private List<String> set(String site, String[] contacts, Wishes set, String by, Instant at) {
        return statement(SET, site, contacts)
                .param("textingEnabled", set.textingEnabled())
                .param(
                        "delivery",
                        set.delivery() == null ? null : set.delivery().name())
                .param("deliveryLocked", set.deliveryLocked())
                .param("by", by)
                .param("at", at.toString())
                .query(String.class)
                .list();
    }

    /** The mobile numbers of the upstream's contacts that are there; empty where a contact has none. */
    Map<String, String> mobiles(String site, Collection<String> contactIds) {
        return jdbc
                .sql(MOBILES)
                .param("site", site)
                .param("contactIds", contactIds.toArray(String[]::new))
                .query((row, number) -> Map.entry(row.getString("contact_id"), row.getString("mobile")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
