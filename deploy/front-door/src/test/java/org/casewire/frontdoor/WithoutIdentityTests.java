package org.casewire.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "casewire.identity.enabled=false")
@DirtiesContext
class WithoutIdentityTests extends RunningFrontDoor {

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/oauth2/jwks", "/.well-known/openid-configuration", "/userinfo"})
    void nobodySignsInHere(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void servicesAndHealthAreReachedAllTheSame() {
        assertThat(get("/api/sites").body()).isEqualTo("outbound");
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }
}
