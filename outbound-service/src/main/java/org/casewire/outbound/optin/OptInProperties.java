package org.casewire.outbound.optin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are invited to opt in.
 *
 * @param from the address invitations come from; left out means the mail server's user name
 * @param validFor how long a link works
 * @param key what links are signed with, at least 32 characters; left out means one kept in the database
 * @param visitsPerMinute how often one link may be opened in a minute; one address may open four times as many
 */
@ConfigurationProperties("casewire.opt-in")
record OptInProperties(
        @Nullable String from,
        @DefaultValue("P7D") Duration validFor,
        @Nullable String key,
        @DefaultValue("30") int visitsPerMinute) {

    private static final int SHORTEST_KEY = 32;

    OptInProperties {
        if (validFor.isNegative() || validFor.isZero()) {
            throw new IllegalArgumentException("casewire.opt-in.valid-for must be above 0, such as P7D");
        }
        if (key != null && !key.isBlank() && key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "casewire.opt-in.key is shorter than 32 characters; make one with: openssl rand -base64 32");
        }
        if (visitsPerMinute < 1) {
            throw new IllegalArgumentException("casewire.opt-in.visits-per-minute must be at least 1");
        }
    }

    @Override
    public String toString() {
        return "OptInProperties[from=%s, validFor=%s, visitsPerMinute=%d]".formatted(from, validFor, visitsPerMinute);
    }
}
