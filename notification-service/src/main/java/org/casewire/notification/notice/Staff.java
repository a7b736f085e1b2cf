package org.casewire.notification.notice;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casewire.events.ActivityEvent.ActivityReported;
import org.casewire.notification.users.Profile;
import org.casewire.notification.users.Profiles;
import org.casewire.notification.users.UserKey;
import org.jspecify.annotations.Nullable;

/** The users that a batch of activities names or is told to. */
record Staff(Map<UserKey, Profile> known, Map<String, List<Profile>> managers) {

    static Staff of(Collection<ActivityReported> activities, Profiles profiles) {
        Set<UserKey> named = activities.stream().flatMap(Staff::named).collect(Collectors.toSet());
        Set<String> sites = activities.stream().map(ActivityReported::site).collect(Collectors.toSet());
        Map<UserKey, Profile> known = new HashMap<>(profiles.find(named));
        return new Staff(
                known,
                profiles.managers(sites).stream()
                        .collect(Collectors.groupingBy(profile -> profile.key().site())));
    }

    private static Stream<UserKey> named(ActivityReported activity) {
        return Stream.concat(Stream.ofNullable(activity.userId()), activity.recipients().stream())
                .map(user -> new UserKey(activity.site(), user));
    }

    /** The users of an audience; one that the upstream never told of is none. */
    List<Profile> of(String site, Audience audience) {
        return audience.whom() == Audience.Whom.MANAGERS
                ? managers.getOrDefault(site, List.of())
                : audience.people().stream()
                        .map(user -> known.get(new UserKey(site, user)))
                        .filter(profile -> profile != null)
                        .toList();
    }

    @Nullable
    String name(String site, @Nullable String user) {
        Profile profile = user == null ? null : known.get(new UserKey(site, user));
        return profile == null ? null : profile.name();
    }
}
