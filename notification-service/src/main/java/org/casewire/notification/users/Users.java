package org.casewire.notification.users;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.casewire.events.UserEvent;
import org.casewire.events.UserEvent.UserChanged;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Origin;
import org.casewire.events.transport.UnreadableEvent;
import org.casewire.notification.batch.Rounds;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The users' profiles: an older one never overwrites a newer one. Active and textable unless it says otherwise. */
@Component
class Users {

    private static final String PUT = """
            INSERT INTO users AS known (site, user_id, name, email, mobile, roles, active, texting_enabled,
                   updated_at, gone, log_time, log_offset)
            SELECT site, user_id, name, email, mobile, string_to_array(roles, ','), active, texting_enabled,
                   updated_at, gone, log_time, log_offset
            FROM unnest(:sites::text[], :ids::text[], :names::text[], :emails::text[], :mobiles::text[],
                   :roles::text[], :active::boolean[], :texting::boolean[], :updated::timestamptz[], :gone::boolean[],
                   :times::timestamptz[], :offsets::bigint[])
                 AS given (site, user_id, name, email, mobile, roles, active, texting_enabled,
                   updated_at, gone, log_time, log_offset)
            ON CONFLICT (site, user_id) DO UPDATE
            SET name = excluded.name, email = excluded.email, mobile = excluded.mobile, roles = excluded.roles,
                active = excluded.active, texting_enabled = excluded.texting_enabled, gone = excluded.gone,
                updated_at = greatest(known.updated_at, excluded.updated_at),
                log_time = excluded.log_time, log_offset = excluded.log_offset
            WHERE (excluded.log_offset > known.log_offset OR excluded.log_time > known.log_time)
              AND (excluded.gone
                   OR excluded.updated_at > known.updated_at
                   OR excluded.updated_at = known.updated_at AND NOT known.gone)
            RETURNING site, user_id
            """;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher followers;

    Users(JdbcClient jdbc, ApplicationEventPublisher followers) {
        this.jdbc = jdbc;
        this.followers = followers;
    }

    private record Profile(UserChanged user, boolean gone, Origin origin) {

        static Profile of(Received<UserEvent> received) {
            return switch (received) {
                case Received.Arrived<UserEvent>(UserChanged user, var problems, var origin) ->
                    new Profile(user, false, origin);
                case Received.Tombstone<UserEvent>(String key, var origin) ->
                    new Profile(nobody(key, origin), true, origin);
            };
        }

        private static UserChanged nobody(String key, Origin origin) {
            String[] parts = key.split("\\|", 2);
            if (parts.length < 2) {
                throw new UnreadableEvent("the key of a tombstone must be site|userId");
            }
            return new UserChanged(parts[0], parts[1], null, null, null, List.of(), false, false, origin.time());
        }

        String roles() {
            return user.roles().stream().map(Enum::name).collect(Collectors.joining(","));
        }
    }

    @Transactional
    void apply(List<Received<UserEvent>> batch) {
        List<Profile> profiles = batch.stream().map(Profile::of).toList();
        Rounds.of(profiles, profile -> profile.user().key()).forEach(this::put);
    }

    private void put(List<Profile> round) {
        // In one order everywhere, so that two batches never wait for each other.
        List<Profile> profiles = round.stream()
                .sorted(Comparator.comparing(profile -> profile.user().key()))
                .toList();
        List<UserKey> changed = statement(profiles)
                .query((row, number) -> new UserKey(row.getString("site"), row.getString("user_id")))
                .list();
        followers.publishEvent(new ProfilesChanged(changed));
    }

    private JdbcClient.StatementSpec statement(List<Profile> profiles) {
        return jdbc.sql(PUT)
                .param("sites", Columns.of(profiles, one -> one.user().site()))
                .param("ids", Columns.of(profiles, one -> one.user().userId()))
                .param("names", Columns.of(profiles, one -> one.user().name()))
                .param("emails", Columns.of(profiles, one -> one.user().email()))
                .param("mobiles", Columns.of(profiles, one -> one.user().mobile()))
                .param("roles", Columns.of(profiles, Profile::roles))
                .param(
                        "active",
                        Columns.of(
                                profiles,
                                one -> !Boolean.FALSE.equals(one.user().active())))
                .param(
                        "texting",
                        Columns.of(
                                profiles,
                                one -> !Boolean.FALSE.equals(one.user().textingEnabled())))
                .param("updated", Columns.of(profiles, one -> one.user().updatedAt()))
                .param("gone", Columns.of(profiles, Profile::gone))
                .param("times", Columns.of(profiles, one -> one.origin().time()))
                .param("offsets", Columns.of(profiles, one -> one.origin().offset()));
    }
}
