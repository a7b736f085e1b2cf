package org.casewire.frontdoor.identity;

import java.util.ArrayList;
import java.util.List;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The programs that may ask for tokens: the home page in a browser, and the machines of the configuration. */
final class Clients {

    static final String HOME = "casewire-home";

    private Clients() {}

    static List<RegisteredClient> of(IdentityProperties properties, Accounts accounts) {
        List<RegisteredClient> clients = new ArrayList<>();
        clients.add(home(properties));
        properties.machines().forEach(machine -> clients.add(machine(machine, properties, accounts)));
        return clients;
    }

    /** A browser keeps no secret: it proves by PKCE that it is the one that asked. */
    private static RegisteredClient home(IdentityProperties properties) {
        return RegisteredClient.withId(HOME)
                .clientId(HOME)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUris(uris -> properties.redirectUris().forEach(uri -> uris.add(uri.toString())))
                .postLogoutRedirectUris(uris -> properties.redirectUris().forEach(uri -> uris.add(uri.toString())))
                .scope(OidcScopes.OPENID)
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(lifetimes(properties))
                .build();
    }

    private static RegisteredClient machine(Account machine, IdentityProperties properties, Accounts accounts) {
        return RegisteredClient.withId(machine.id())
                .clientId(machine.id())
                .clientSecret(accounts.hash(machine))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(lifetimes(properties))
                .build();
    }

    private static TokenSettings lifetimes(IdentityProperties properties) {
        return TokenSettings.builder()
                .accessTokenTimeToLive(properties.tokenLifetime())
                .build();
    }
}
