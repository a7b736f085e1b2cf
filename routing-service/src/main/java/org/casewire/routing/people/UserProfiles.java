package org.casewire.routing.people;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.UserEvent;
import org.casewire.events.UserEvent.UserChanged;
import org.casewire.events.rows.Columns;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Origin;
import org.casewire.events.transport.UnreadableEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The site's own people as the upstream last told of them. */
@Repository
public class UserProfiles {

    /** Read once more, a record changes nothing: what came after it must not be undone. */
    private static final String PUT = """
            INSERT INTO user_profile AS known
                   (site, user_id, name, mobile, active, gone, updated_at, log_time, log_offset)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::boolean[],
                                 ?::timestamptz[], ?::timestamptz[], ?::bigint[])
            ON CONFLICT (site, user_id) DO UPDATE
            SET name = EXCLUDED.name, mobile = EXCLUDED.mobile, active = EXCLUDED.active, gone = EXCLUDED.gone,
                updated_at = greatest(known.updated_at, EXCLUDED.updated_at),
                log_time = EXCLUDED.log_time, log_offset = EXCLUDED.log_offset
            WHERE (EXCLUDED.log_offset > known.log_offset OR EXCLUDED.log_time > known.log_time)
              AND (EXCLUDED.gone OR EXCLUDED.updated_at > known.updated_at
                   OR EXCLUDED.updated_at = known.updated_at AND NOT known.gone)
            """;

    private static final String NAMES = """
            SELECT user_id, name FROM user_profile WHERE site = ? AND user_id = ANY (?::text[]) AND name IS NOT NULL
            """;

    /** A number that two colleagues share shows the first of them. */
    private static final String HOLDERS = """
            SELECT DISTINCT ON (mobile) mobile, user_id, name FROM user_profile
            WHERE site = ? AND mobile = ANY (?::text[]) AND active AND NOT gone
            ORDER BY mobile, user_id
            """;

    private final JdbcTemplate jdbc;
    private final Sites sites;

    UserProfiles(JdbcTemplate jdbc, Sites sites) {
        this.jdbc = jdbc;
        this.sites = sites;
    }

    /** Somebody of the site's own. */
    public record Colleague(String userId, @Nullable String name) {}

    private record Profile(UserChanged user, @Nullable String mobile, boolean gone, Origin origin) {}

    @Transactional
    void apply(List<Received<UserEvent>> batch) {
        List<Map<String, Profile>> rounds = new ArrayList<>();
        for (Received<UserEvent> received : batch) {
            Profile profile = profile(received);
            Map<String, Profile> round = rounds.stream()
                    .filter(earlier -> !earlier.containsKey(profile.user().key()))
                    .findFirst()
                    .orElseGet(() -> {
                        rounds.add(new LinkedHashMap<>());
                        return rounds.getLast();
                    });
            round.put(profile.user().key(), profile);
        }
        rounds.forEach(round -> put(round.values()));
    }

    private Profile profile(Received<UserEvent> received) {
        return switch (received) {
            case Received.Arrived<UserEvent>(UserChanged user, var problems, var origin) ->
                new Profile(user, mobile(user), false, origin);
            case Received.Tombstone<UserEvent>(String key, var origin) ->
                new Profile(nobody(key, origin), null, true, origin);
        };
    }

    private @Nullable String mobile(UserChanged user) {
        String region = sites.find(user.site()).map(SiteDocument::region).orElse("US");
        return Optional.ofNullable(user.mobile())
                .flatMap(written -> PhoneNumbers.read(written, region))
                .map(PhoneNumbers.Known::e164)
                .orElse(null);
    }

    private static UserChanged nobody(String key, Origin origin) {
        String[] parts = key.split("\\|", 2);
        if (parts.length < 2) {
            throw new UnreadableEvent("the key of a tombstone must be <site>|<user id>");
        }
        return new UserChanged(parts[0], parts[1], null, null, null, List.of(), false, false, origin.time());
    }

    private void put(Collection<Profile> profiles) {
        jdbc.update(
                PUT,
                Columns.of(profiles, one -> one.user().site()),
                Columns.of(profiles, one -> one.user().userId()),
                Columns.of(profiles, one -> one.user().name()),
                Columns.of(profiles, Profile::mobile),
                Columns.of(profiles, one -> !Boolean.FALSE.equals(one.user().active())),
                Columns.of(profiles, Profile::gone),
                Columns.of(profiles, one -> one.user().updatedAt()),
                Columns.of(profiles, one -> one.origin().time()),
                Columns.of(profiles, one -> one.origin().offset()));
    }

    /** How these users are called, as far as is known. */
    public Map<String, String> names(String site, Collection<String> userIds) {
        Map<String, String> names = new HashMap<>();
        if (!userIds.isEmpty()) {
            jdbc.query(
                    NAMES,
                    row -> {
                        names.put(row.getString("user_id"), row.getString("name"));
                    },
                    site,
                    Columns.of(userIds, id -> id));
        }
        return names;
    }

    /** Whose numbers these are, where they are colleagues'. */
    public Map<String, Colleague> holding(String site, Collection<String> numbers) {
        Map<String, Colleague> found = new HashMap<>();
        if (!numbers.isEmpty()) {
            jdbc.query(
                    HOLDERS,
                    row -> {
                        found.put(
                                row.getString("mobile"),
                                new Colleague(row.getString("user_id"), row.getString("name")));
                    },
                    site,
                    Columns.of(numbers, number -> number));
        }
        return found;
    }
}
