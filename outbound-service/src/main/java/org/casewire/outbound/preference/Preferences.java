package org.casewire.outbound.preference;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.casewire.events.ContactEvent.ContactChanged.Delivery;
import org.casewire.events.Conversation;
import org.casewire.events.rows.Columns;
import org.casewire.outbound.preference.Known.Own;
import org.casewire.outbound.preference.Known.Upstream;
import org.casewire.outbound.preference.Known.Wishes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** How people want to hear from a site: the upstream's word, the strictest of several, under the site's own. */
@Service
public class Preferences {

    private static final String KNOWN = """
            SELECT person.site, person.contact,
                   upstream.contact_id, upstream.time_zone, upstream.texting_enabled, upstream.delivery,
                   upstream.delivery_locked, upstream.updated_at,
                   own.texting_enabled AS own_texting_enabled, own.delivery AS own_delivery,
                   own.delivery_locked AS own_delivery_locked, own.changed_by, own.changed_at
            FROM unnest(?::text[], ?::text[]) AS person (site, contact)
            LEFT JOIN upstream_contact AS upstream
                   ON upstream.site = person.site AND upstream.mobile = person.contact
            LEFT JOIN own_preference AS own ON own.site = person.site AND own.contact = person.contact
            WHERE upstream.contact_id IS NOT NULL OR own.contact IS NOT NULL
            ORDER BY person.site, person.contact, upstream.contact_id
            """;

    private final JdbcTemplate jdbc;

    Preferences(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The preferences of those of these people of whom anything is known. */
    public Map<Conversation, Preference> of(Collection<Conversation> people) {
        Map<Conversation, Preference> preferences = new HashMap<>();
        known(people).forEach((person, known) -> preferences.put(person, known.preference()));
        return preferences;
    }

    Map<Conversation, Known> known(Collection<Conversation> people) {
        Map<Conversation, Known> known = new HashMap<>();
        if (!people.isEmpty()) {
            jdbc.query(
                    KNOWN,
                    row -> {
                        Conversation person = new Conversation(row.getString("site"), row.getString("contact"));
                        known.merge(person, row(row), Known::and);
                    },
                    Columns.of(people, Conversation::site),
                    Columns.of(people, Conversation::contact));
        }
        return known;
    }

    private static Known row(ResultSet row) throws SQLException {
        boolean isUpstream = row.getString("contact_id") != null;
        return new Known(isUpstream ? List.of(upstream(row)) : List.of(), own(row));
    }

    private static Upstream upstream(ResultSet row) throws SQLException {
        String zone = row.getString("time_zone");
        return new Upstream(
                row.getString("contact_id"),
                new Wishes(
                        row.getObject("texting_enabled", Boolean.class),
                        delivery(row.getString("delivery")),
                        row.getObject("delivery_locked", Boolean.class)),
                zone == null ? null : ZoneId.of(zone),
                Columns.time(row, "updated_at"));
    }

    private static @Nullable Own own(ResultSet row) throws SQLException {
        String by = row.getString("changed_by");
        return by == null
                ? null
                : new Own(
                        new Wishes(
                                row.getObject("own_texting_enabled", Boolean.class),
                                delivery(row.getString("own_delivery")),
                                row.getObject("own_delivery_locked", Boolean.class)),
                        by,
                        Columns.time(row, "changed_at"));
    }

    private static @Nullable Delivery delivery(@Nullable String name) {
        return name == null ? null : Delivery.valueOf(name);
    }
}
