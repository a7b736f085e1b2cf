package org.casewire.frontdoor.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may sign in, and what stands in their tokens.
 *
 * @param issuer the origin people and services reach the front door at; it is the {@code iss} of every token
 * @param signingKeyFile a JWK set with a private RSA key, made at the first start; without it tokens end with the process
 * @param tokenLifetime how long an access token counts, 15 to 60 minutes
 * @param redirectUris where the home page may be sent back to; the issuer's own root unless said otherwise
 * @param users the people
 * @param machines the applications, which get a token for their id and secret
 */
@ConfigurationProperties("casewire.identity")
record IdentityProperties(
        URI issuer,
        @Nullable Path signingKeyFile,
        @DefaultValue("30m") Duration tokenLifetime,
        @DefaultValue List<URI> redirectUris,
        @DefaultValue List<Account> users,
        @DefaultValue List<Account> machines) {

    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofMinutes(60);

    IdentityProperties {
        if (issuer.getHost() == null || !issuer.getPath().isEmpty() || issuer.getQuery() != null) {
            throw new IllegalStateException("casewire.identity.issuer must be an origin without a path or a slash at"
                    + " its end, such as https://texts.example.org, and not " + issuer);
        }
        if (tokenLifetime.compareTo(SHORTEST) < 0 || tokenLifetime.compareTo(LONGEST) > 0) {
            throw new IllegalStateException("casewire.identity.token-lifetime must lie between 15m and 60m");
        }
        redirectUris = redirectUris.isEmpty() ? List.of(URI.create(issuer + "/")) : List.copyOf(redirectUris);
    }
}
