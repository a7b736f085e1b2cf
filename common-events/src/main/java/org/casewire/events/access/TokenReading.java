package org.casewire.events.access;

import java.util.Collections;
import java.util.List;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.util.StringUtils;

/**
 * Reads bearer tokens: signed with a key of the issuer, from it, for Casewire and in time (RFC 7519, section 4.1). The keys
 * are where {@code jwk-set-uri} says, or else where the issuer's own description says, asked for with the first token.
 * Boot chooses between its decoders for the two by conditions, which a prepared start has behind it.
 */
class TokenReading {

    @Bean
    JwtDecoder tokens(OAuth2ResourceServerProperties properties) {
        OAuth2ResourceServerProperties.Jwt settings = properties.getJwt();
        String issuer = settings.getIssuerUri();
        if (!StringUtils.hasText(issuer)) {
            throw new IllegalStateException(
                    "casewire.oidc.issuer is missing: name who issues the tokens, for example https://login.example.org");
        }
        OAuth2TokenValidator<Jwt> judge = JwtValidators.createDefaultWithValidators(
                new JwtIssuerValidator(issuer), forUs(settings.getAudiences()));
        String keys = settings.getJwkSetUri();
        return StringUtils.hasText(keys)
                ? reader(
                        NimbusJwtDecoder.withJwkSetUri(keys)
                                .jwsAlgorithms(taken -> settings.getJwsAlgorithms().stream()
                                        .map(TokenReading::algorithm)
                                        .forEach(taken::add)),
                        judge)
                : new SupplierJwtDecoder(() -> reader(NimbusJwtDecoder.withIssuerLocation(issuer), judge));
    }

    private static NimbusJwtDecoder reader(JwkSetUriJwtDecoderBuilder keys, OAuth2TokenValidator<Jwt> judge) {
        NimbusJwtDecoder reader = keys.build();
        reader.setJwtValidator(judge);
        return reader;
    }

    private static SignatureAlgorithm algorithm(String name) {
        SignatureAlgorithm known = SignatureAlgorithm.from(name);
        if (known == null) {
            throw new IllegalStateException("spring.security.oauth2.resourceserver.jwt.jws-algorithms: there is no "
                    + name + ", but RS256 or ES256");
        }
        return known;
    }

    private static OAuth2TokenValidator<Jwt> forUs(List<String> audiences) {
        return new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD, named -> named != null && !Collections.disjoint(named, audiences));
    }
}
