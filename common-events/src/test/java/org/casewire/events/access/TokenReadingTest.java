package org.casewire.events.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

class TokenReadingTest {

    private OAuth2ResourceServerProperties properties = new OAuth2ResourceServerProperties();

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

    @Test
    void withTheAddressOfItsKeysAnIssuerMaySignWithAnyOfThem() throws Exception {
        List<JWK> keys = List.of(
                new ECKeyGenerator(Curve.P_256).keyID("elliptic").generate(),
                new RSAKeyGenerator(2048).keyID("rsa").generate());
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/", exchange -> {
            byte[] set = new JWKSet(keys).toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        issuer.start();
        try {
            properties = asTheServicesHaveThem();
            properties.getJwt().setIssuerUri("https://login.example.org");
            properties.getJwt().setAudiences(List.of("casewire"));
            properties
                    .getJwt()
                    .setJwkSetUri("http://localhost:" + issuer.getAddress().getPort());
            JwtDecoder reader = read();
            assertThat(reader.decode(signed(JWSAlgorithm.ES256, new ECDSASigner((ECKey) keys.getFirst()), "casewire"))
                            .getSubject())
                    .isEqualTo("maria");
            assertThat(reader.decode(signed(JWSAlgorithm.PS384, new RSASSASigner((RSAKey) keys.getLast()), "casewire"))
                            .getSubject())
                    .isEqualTo("maria");
            String forAnother = signed(JWSAlgorithm.ES256, new ECDSASigner((ECKey) keys.getFirst()), "another");
            assertThatThrownBy(() -> reader.decode(forAnother)).hasMessageContaining("aud");
            String withAnotherKey =
                    signed(JWSAlgorithm.ES256, new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()), "casewire");
            assertThatThrownBy(() -> reader.decode(withAnotherKey)).isInstanceOf(JwtException.class);
            String withASecret = signed(
                    JWSAlgorithm.HS256,
                    new MACSigner(((RSAKey) keys.getLast()).toRSAPublicKey().getEncoded()),
                    "casewire");
            assertThatThrownBy(() -> reader.decode(withASecret)).isInstanceOf(JwtException.class);
        } finally {
            issuer.stop(0);
        }
    }

    private static String signed(JWSAlgorithm algorithm, JWSSigner signer, String audience) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader(algorithm),
                new JWTClaimsSet.Builder()
                        .issuer("https://login.example.org")
                        .audience(audience)
                        .subject("maria")
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build());
        token.sign(signer);
        return token.serialize();
    }

    private static OAuth2ResourceServerProperties asTheServicesHaveThem() throws IOException {
        List<PropertySource<?>> settings =
                new YamlPropertySourceLoader().load("services", new ClassPathResource("casewire-service.yaml"));
        return new Binder(ConfigurationPropertySources.from(settings))
                .bind("spring.security.oauth2.resourceserver", OAuth2ResourceServerProperties.class)
                .get();
    }

    private JwtDecoder read() {
        return new TokenReading().tokens(properties);
    }
}
