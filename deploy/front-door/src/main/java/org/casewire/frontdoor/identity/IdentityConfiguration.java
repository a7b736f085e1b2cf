package org.casewire.frontdoor.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;

/** The identity's parts; all of it stays away when an installation brings an identity of its own. */
@Configuration(proxyBeanMethods = false)
@WithIdentity
@EnableConfigurationProperties(IdentityProperties.class)
@EnableWebSecurity
class IdentityConfiguration {

    private static final int REMEMBERED_SIGN_INS = 1_000;

    @Bean
    PasswordEncoder passwords() {
        return new BCryptPasswordEncoder();
    }

    // This and the keys are made at once, so that a mistake in the configuration ends the start.
    @Bean
    @Lazy(false)
    Accounts accounts(IdentityProperties properties, PasswordEncoder passwords) {
        return new Accounts(properties.users(), properties.machines(), passwords);
    }

    @Bean
    RegisteredClientRepository clients(IdentityProperties properties, Accounts accounts) {
        return new InMemoryRegisteredClientRepository(Clients.of(properties, accounts));
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new RecentAuthorizations(REMEMBERED_SIGN_INS);
    }

    @Bean
    AuthorizationServerSettings settings(IdentityProperties properties) {
        return AuthorizationServerSettings.builder()
                .issuer(properties.issuer().toString())
                .build();
    }

    @Bean
    @Lazy(false)
    JWKSource<SecurityContext> signingKeys(IdentityProperties properties) {
        JWKSet keys = SigningKeys.at(properties.signingKeyFile());
        return new ImmutableJWKSet<>(keys);
    }

    @Bean
    JwtEncoder tokens(JWKSource<SecurityContext> signingKeys) {
        NimbusJwtEncoder encoder = new NimbusJwtEncoder(signingKeys);
        encoder.setJwkSelector(List::getFirst);
        return encoder;
    }

    @Bean
    JwtDecoder ownTokens(JWKSource<SecurityContext> signingKeys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(signingKeys);
    }

    @Bean
    AccountClaims accountClaims(Accounts accounts) {
        return new AccountClaims(accounts);
    }
}
