package org.casewire.events.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An issuer of real, signed tokens, with the discovery document and keys a resource server asks for. */
public final class TestTokens {

    private static final RSAKey KEY = key();
    private static final HttpServer SERVER = serve();

    private TestTokens() {}

    /** The issuer's address. */
    public static String issuer() {
        return "http://127.0.0.1:" + SERVER.getAddress().getPort();
    }

    /** A token of a case worker of one site. */
    public static String staff(String user, String site) {
        return token(user, List.of(site), List.of("staff"), Duration.ofMinutes(10));
    }

    /** A token with the sites, roles and life given; a negative life is an expired one. */
    public static String token(String user, List<String> sites, List<String> roles, Duration life) {
        return token("casewire", user, sites, roles, life);
    }

    /** A token that is good, but for somebody else than Casewire. */
    public static String forAnotherAudience() {
        return token("another", "maria", List.of("demo"), List.of("staff"), Duration.ofMinutes(10));
    }

    private static String token(String audience, String user, List<String> sites, List<String> roles, Duration life) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(audience)
                .subject(user)
                .claim("sites", sites)
                .claim("roles", roles)
                .issueTime(Date.from(now.minus(life.abs()).minusSeconds(300)))
                .expirationTime(Date.from(life.isNegative() ? now.plus(life).minusSeconds(120) : now.plus(life)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build(), claims);
        try {
            token.sign(new RSASSASigner(KEY));
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
        return token.serialize();
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("test").generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static HttpServer serve() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String issuer = "http://127.0.0.1:" + server.getAddress().getPort();
            answer(server, "/.well-known/openid-configuration", """
                    {"issuer":"%s","jwks_uri":"%s/jwks","authorization_endpoint":"%s/authorize",
                     "token_endpoint":"%s/token","subject_types_supported":["public"],
                     "response_types_supported":["code"],"id_token_signing_alg_values_supported":["RS256"]}
                    """.formatted(issuer, issuer, issuer, issuer));
            answer(server, "/jwks", new JWKSet(KEY.toPublicJWK()).toString());
            server.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void answer(HttpServer server, String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
