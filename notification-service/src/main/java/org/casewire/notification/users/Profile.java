package org.casewire.notification.users;

import org.casewire.events.PhoneNumbers;
import org.jspecify.annotations.Nullable;

/**
 * What of a user's profile decides whether and where they are texted.
 *
 * @param known whether the upstream told of the user, and not that they are gone
 * @param mobile as the upstream wrote it
 */
public record Profile(
        UserKey key,
        boolean known,
        @Nullable String name,
        @Nullable String mobile,
        boolean active,
        boolean textingEnabled) {

    /** Whether a user can be texted. */
    public sealed interface Reach {}

    /** They can, at that number in E.164. */
    public record Reachable(String number) implements Reach {}

    /** They cannot. */
    public record Unreachable(Obstacle why) implements Reach {}

    static Profile unknown(UserKey key) {
        return new Profile(key, false, null, null, false, false);
    }

    /** Where they are texted, their number being read as one of that country. */
    public Reach reach(String region) {
        if (!known) {
            return new Unreachable(Obstacle.UNKNOWN_USER);
        }
        if (!active) {
            return new Unreachable(Obstacle.USER_INACTIVE);
        }
        if (!textingEnabled) {
            return new Unreachable(Obstacle.TEXTING_OFF);
        }
        if (mobile == null || mobile.isBlank()) {
            return new Unreachable(Obstacle.NO_MOBILE);
        }
        return PhoneNumbers.read(mobile, region)
                .<Reach>map(number -> new Reachable(number.e164()))
                .orElseGet(() -> new Unreachable(Obstacle.INVALID_MOBILE));
    }
}
