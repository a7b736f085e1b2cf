package org.casewire.notification.home;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.casewire.events.testing.TestTokens;

/** The smallest issuer a page can sign in at, standing in the browser's way: one person, code and PKCE. */
final class TestIssuer {

    private static final Map<String, String> FOR_ANY_PAGE = Map.of("Access-Control-Allow-Origin", "*");

    private final String user;
    private final String site;
    private Map<String, String> asked = Map.of();

    TestIssuer(String user, String site) {
        this.user = user;
        this.site = site;
    }

    void answer(Route route) {
        URI address = URI.create(route.request().url());
        switch (address.getPath()) {
            case "/authorize" -> askThePerson(route, fields(address.getRawQuery()));
            case "/token" -> redeem(route, fields(route.request().postData()));
            default -> json(route, """
                    {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token"}
                    """.formatted(TestTokens.issuer()));
        }
    }

    private void askThePerson(Route route, Map<String, String> question) {
        asked = question;
        route.fulfill(new FulfillOptions().setContentType("text/html").setBody("""
                <a href="%s?code=once&amp;state=%s">Sign in as %s</a>
                """.formatted(
                        question.get("redirect_uri"), question.get("state"), user)));
    }

    private void redeem(Route route, Map<String, String> claim) {
        boolean theSame = "once".equals(claim.get("code"))
                && challenge(claim.get("code_verifier")).equals(asked.get("code_challenge"))
                && "S256".equals(asked.get("code_challenge_method"))
                && "casewire-home".equals(claim.get("client_id"));
        if (!theSame) {
            route.fulfill(new FulfillOptions().setStatus(400).setHeaders(FOR_ANY_PAGE));
            return;
        }
        String token = TestTokens.token(user, List.of(site), List.of("staff"), Duration.ofMinutes(30));
        json(route, """
                {"access_token":"%s","id_token":"%s","token_type":"Bearer","expires_in":1800}
                """.formatted(token, "e30." + encoded("{\"nonce\":\"" + asked.get("nonce") + "\"}") + ".x"));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void json(Route route, String body) {
        route.fulfill(new FulfillOptions()
                .setContentType("application/json")
                .setHeaders(FOR_ANY_PAGE)
                .setBody(body));
    }

    private static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }
}
