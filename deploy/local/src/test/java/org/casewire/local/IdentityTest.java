package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    static Path folder;

    private Identity identity;

    @BeforeEach
    void readOrMakeTheKey() throws IOException {
        identity = Identity.withKeyIn(
                folder.resolve("keys.json"), "http://127.0.0.1:8080", Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void aTokenSaysWhoItIsForAndWhatItAllows() throws Exception {
        JWTClaimsSet claims =
                SignedJWT.parse(identity.token("maria", "demo", "staff")).getJWTClaimsSet();

        assertThat(claims.getIssuer()).isEqualTo("http://127.0.0.1:8080");
        assertThat(claims.getAudience()).containsExactly("casewire");
        assertThat(claims.getSubject()).isEqualTo("maria");
        assertThat(claims.getStringListClaim("sites")).isEqualTo(List.of("demo"));
        assertThat(claims.getStringListClaim("roles")).isEqualTo(List.of("staff"));
    }

    @Test
    void aTokenLivesLongerThanAnyStack() throws Exception {
        JWTClaimsSet claims =
                SignedJWT.parse(identity.token("maria", "demo", "staff")).getJWTClaimsSet();

        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(Instant.parse("2027-11-21T12:00:00Z")));
    }

    @Test
    void theKeyFileVerifiesTheTokensOfEveryRun() throws Exception {
        SignedJWT earlier = SignedJWT.parse(identity.token("maria", "demo", "staff"));
        readOrMakeTheKey();
        SignedJWT later = SignedJWT.parse(identity.token("sam", "demo", "admin"));

        RSAKey key = JWKSet.parse(Files.readString(folder.resolve("keys.json")))
                .getKeyByKeyId(later.getHeader().getKeyID())
                .toRSAKey();
        assertThat(earlier.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(later.verify(new RSASSAVerifier(key))).isTrue();
    }

    @Test
    void aDamagedKeyFileIsNamed() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.json"), "{\"keys\":[]}");

        assertThatThrownBy(() -> Identity.withKeyIn(damaged, "http://127.0.0.1:8080", Clock.systemUTC()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(damaged.toString());
    }
}
