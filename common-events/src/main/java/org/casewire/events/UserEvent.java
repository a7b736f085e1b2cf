package org.casewire.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The upstream's users, on the compacted {@link Topics#USERS}. */
public sealed interface UserEvent extends Event {

    @Override
    default String topic() {
        return Topics.USERS;
    }

    /**
     * A user's profile as a whole; an older one never overwrites a newer one.
     *
     * @param mobile E.164 or in national form
     */
    record UserChanged(
            String site,
            String userId,
            @Nullable String name,
            @Nullable String email,
            @Nullable String mobile,
            List<Role> roles,
            @Nullable Boolean active,
            @Nullable Boolean textingEnabled,
            Instant updatedAt)
            implements UserEvent {

        /** What a user may do at the upstream. */
        public enum Role {
            STAFF,
            MANAGER,
            ADMIN
        }

        public UserChanged {
            Required.field(site, "site");
            Required.field(userId, "userId");
            Required.field(updatedAt, "updatedAt");
            roles = roles == null ? List.of() : List.copyOf(roles);
        }

        @Override
        public String key() {
            return site + "|" + userId;
        }

        @Override
        public String subject() {
            return userId;
        }
    }
}
