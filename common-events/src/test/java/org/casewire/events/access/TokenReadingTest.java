package org.casewire.events.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

class TokenReadingTest {

    private final OAuth2ResourceServerProperties properties = new OAuth2ResourceServerProperties();

    @BeforeEach
    void nameTheIssuer() {
        properties.getJwt().setIssuerUri("https://login.example.org");
    }

    @Test
    void theIssuerIsAskedForItsKeysUnlessTheirAddressIsSet() {
        assertThat(read()).isInstanceOf(SupplierJwtDecoder.class);
        properties.getJwt().setJwkSetUri("https://login.example.org/keys");
        assertThat(read()).isInstanceOf(NimbusJwtDecoder.class);
    }

    @Test
    void anAddressThatIsEmptyIsNone() {
        properties.getJwt().setJwkSetUri("");
        assertThat(read()).isInstanceOf(SupplierJwtDecoder.class);
    }

    @Test
    void withoutAnIssuerTheSettingToMakeIsNamed() {
        properties.getJwt().setIssuerUri("");
        assertThatThrownBy(this::read).hasMessageContaining("casewire.oidc.issuer");
    }

    @Test
    void anAlgorithmThatDoesNotExistIsNamed() {
        properties.getJwt().setJwkSetUri("https://login.example.org/keys");
        properties.getJwt().setJwsAlgorithms(List.of("ES256", "RS9"));
        assertThatThrownBy(this::read).hasMessageContainingAll("jws-algorithms", "RS9");
    }

    private JwtDecoder read() {
        return new TokenReading().tokens(properties);
    }
}
