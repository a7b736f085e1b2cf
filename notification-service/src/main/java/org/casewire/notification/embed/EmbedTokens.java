package org.casewire.notification.embed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.casewire.events.rows.Columns;
import org.casewire.events.transport.WireJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tokens that show one user's alerts for a quarter of an hour. They are known to this service alone, whichever instance
 * is asked; no other takes them. What stands readable in one is for the page that shows the alerts.
 */
@Component
class EmbedTokens {

    private static final String PREFIX = "cwe.";
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final int SECRET_BYTES = 32;

    private static final String STORE = """
            INSERT INTO embed_tokens (digest, site, user_id, minted_at, expires_at)
            VALUES (:digest, :site, :user, :now::timestamptz, :end::timestamptz)
            """;

    private static final String CLEAN = "DELETE FROM embed_tokens WHERE expires_at <= :now::timestamptz";

    private static final String FIND = """
            SELECT site, user_id, minted_at, expires_at FROM embed_tokens
            WHERE digest = :digest AND expires_at > :now::timestamptz
            """;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    EmbedTokens(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A token for whoever shows the alerts. */
    record Minted(String token, Instant expiresAt) {}

    /** Whether a bearer token looks like one of these. */
    static boolean isOne(String bearer) {
        return bearer.startsWith(PREFIX);
    }

    @Transactional
    Minted mint(String site, String user) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.plus(LIFE);
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        byte[] readable =
                WireJson.MAPPER.writeValueAsBytes(Map.of("site", site, "user", user, "exp", end.getEpochSecond()));
        String token = PREFIX + encoded(readable) + "." + encoded(secret);
        jdbc.sql(CLEAN).param("now", now.toString()).update();
        jdbc.sql(STORE)
                .param("digest", digest(token))
                .param("site", site)
                .param("user", user)
                .param("now", now.toString())
                .param("end", end.toString())
                .update();
        return new Minted(token, end);
    }

    /** The token as one of the user's own that may do nothing else. */
    Jwt read(String token) {
        return jdbc.sql(FIND)
                .param("digest", digest(token))
                .param("now", clock.instant().toString())
                .query((row, number) -> Jwt.withTokenValue(token)
                        .header("typ", "embed")
                        .subject(row.getString("user_id"))
                        .claim("sites", List.of(row.getString("site")))
                        .issuedAt(Columns.time(row, "minted_at"))
                        .expiresAt(Columns.time(row, "expires_at"))
                        .build())
                .optional()
                .orElseThrow(() -> new BadJwtException("No such embed token, or its time is over"));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
