package org.casewire.frontdoor.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

class RecentAuthorizationsTests {

    private static final RegisteredClient CLIENT = RegisteredClient.withId("c")
            .clientId("c")
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .build();

    private final RecentAuthorizations recent = new RecentAuthorizations(2);

    @Test
    void onlyTheLastSignInsAreRemembered() {
        recent.save(signIn("1"));
        recent.save(signIn("2"));
        recent.save(signIn("2"));
        recent.save(signIn("3"));

        assertThat(recent.findById("1")).isNull();
        assertThat(recent.findById("2")).isNotNull();
        assertThat(recent.findById("3")).isNotNull();
    }

    @Test
    void oneThatIsRemovedMakesRoom() {
        OAuth2Authorization second = signIn("2");
        recent.save(signIn("1"));
        recent.save(second);
        recent.remove(second);
        recent.save(signIn("3"));

        assertThat(recent.findById("1")).isNotNull();
        assertThat(recent.findById("2")).isNull();
    }

    private static OAuth2Authorization signIn(String id) {
        return OAuth2Authorization.withRegisteredClient(CLIENT)
                .id(id)
                .principalName("maria")
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .build();
    }
}
