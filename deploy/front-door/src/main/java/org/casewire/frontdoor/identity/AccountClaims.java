package org.casewire.frontdoor.identity;

import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Writes into a token what the services ask for. */
final class AccountClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private static final List<String> AUDIENCE = List.of("casewire");

    private final Accounts accounts;

    AccountClaims(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        Account account = Optional.ofNullable(context.<Authentication>getPrincipal())
                .flatMap(principal -> accounts.withId(principal.getName()))
                .orElseThrow(() -> new IllegalStateException("A token was asked for nobody of the configuration"));
        context.getClaims()
                .claim("name", account.displayName())
                .claim("roles", account.roles())
                .claim("sites", account.sites());
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            context.getClaims().audience(AUDIENCE);
        }
    }
}
