package org.casewire.frontdoor.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A person or an application that gets tokens.
 *
 * @param id the {@code sub} of the tokens
 * @param password plain, or a bcrypt hash ({@code $2a$…}, with or without {@code {bcrypt}} before it)
 * @param roles what it may do: staff, admin, service, operator
 * @param sites the sites it may touch; {@code *} is all of them
 */
record Account(
        String id,
        @Nullable String name,
        String password,
        @DefaultValue List<String> roles,
        @DefaultValue List<String> sites) {

    Account {
        if (id == null || id.isBlank() || password == null || password.isBlank()) {
            throw new IllegalStateException("An account of casewire.identity lacks its id or its password");
        }
    }

    String displayName() {
        return name == null ? id : name;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}
