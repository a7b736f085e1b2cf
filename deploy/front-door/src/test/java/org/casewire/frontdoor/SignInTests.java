package org.casewire.frontdoor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SignInTests extends RunningFrontDoor {

    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    private final JsonMapper json = new JsonMapper();

    @Test
    void aPersonSignsInAndGetsATokenTheServicesAccept() throws Exception {
        HttpResponse<String> toSignIn = browse(authorize());
        assertThat(location(toSignIn)).isEqualTo(ORIGIN + "/login");

        HttpResponse<String> signedIn = signIn("maria", "wörd of mouth");
        HttpResponse<String> back = browse(URI.create(location(signedIn)));
        assertThat(location(back)).startsWith(ORIGIN + "/?code=").contains("&state=st%2Bate");

        JsonNode tokens = exchange(location(back), VERIFIER);
        Jwt token = decoder().decode(tokens.get("access_token").asString());
        assertThat(token.getSubject()).isEqualTo("maria");
        assertThat(token.getIssuer()).hasToString(ORIGIN);
        assertThat(token.getAudience()).containsExactly("casewire");
        assertThat(token.getClaimAsStringList("roles")).containsExactly("staff");
        assertThat(token.getClaimAsStringList("sites")).containsExactly("demo");
        assertThat(token.getClaimAsString("name")).isEqualTo("María Núñez");
        assertThat(token.getHeaders()).containsEntry("alg", "RS256");
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(Duration.ofMinutes(30));
        assertThat(tokens.has("refresh_token")).isFalse();
        assertThat(decoder().decode(tokens.get("id_token").asString()).getAudience())
                .containsExactly("casewire-home");
    }

    @Test
    void whileTheSessionLivesANewTokenNeedsNoPassword() throws Exception {
        browse(authorize());
        signIn("maria", "wörd of mouth");

        HttpResponse<String> again = browse(URI.create(authorize() + "&prompt=none"));

        assertThat(exchange(location(again), VERIFIER).get("token_type").asString())
                .isEqualTo("Bearer");
    }

    @Test
    void aCodeIsWorthNothingWithoutItsVerifier() throws Exception {
        browse(authorize());
        HttpResponse<String> signedIn = signIn("maria", "wörd of mouth");
        String back = location(browse(URI.create(location(signedIn))));

        assertThat(exchange(back, VERIFIER + "x").get("error").asString()).isEqualTo("invalid_grant");
    }

    @Test
    void withoutAChallengeThereIsNoCode() throws Exception {
        browse(authorize());
        signIn("maria", "wörd of mouth");

        HttpResponse<String> refused = browse(URI.create(authorize().toString().replaceAll("&code_challenge.*", "")));

        assertThat(location(refused)).contains("error=invalid_request");
    }

    @Test
    void aWrongPasswordIsSaidInText() throws Exception {
        browse(authorize());
        HttpResponse<String> refused = signIn("maria", "wrong");
        assertThat(location(refused)).endsWith("/login?error");

        HttpResponse<String> page = browse(URI.create(location(refused)));
        assertThat(page.body()).contains("role=\"alert\"", "The user id or the password is not right. Try again.");

        assertThat(location(signIn("nobody", "wrong"))).endsWith("/login?error");
        assertThat(location(signIn("case-app", "machine secret"))).endsWith("/login?error");
    }

    @Test
    void aFormThatStoodOpenForTooLongLeadsBackToTheSignIn() throws Exception {
        HttpResponse<String> late = post("/login", "username=maria&password=x&_csrf=old");

        assertThat(location(late)).endsWith("/login?late");
        assertThat(browse(URI.create(location(late))).body()).contains("Sign in again.");
    }

    @Test
    void whoSignsOutIsAskedForThePasswordAgain() throws Exception {
        browse(authorize());
        signIn("maria", "wörd of mouth");
        String csrf = csrf(browse(URI.create(ORIGIN + "/logout")));

        HttpResponse<String> out = post("/logout", "_csrf=" + csrf);

        assertThat(location(out)).endsWith("/login?signed-out");
        assertThat(browse(URI.create(location(out))).body()).contains("You are signed out.");
        assertThat(location(browse(authorize()))).isEqualTo(ORIGIN + "/login");
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = browse(URI.create(ORIGIN + "/login"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(page.headers().firstValue("Content-Security-Policy")).contains(policyFor(page.body()));
        assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("casewire-session=")
                .contains("HttpOnly", "SameSite=Lax");
        assertThat(page.body())
                .contains("<html lang=\"en\">", "name=\"viewport\"", "autofocus")
                .contains("<label for=\"username\">", "<label for=\"password\">")
                .doesNotContain("<script", "src=", "{{");
    }

    @Test
    void discoveryTellsWhereEverythingIs() {
        JsonNode discovery =
                json.readTree(get("/.well-known/openid-configuration").body());

        assertThat(discovery.get("issuer").asString()).isEqualTo(ORIGIN);
        assertThat(discovery.get("jwks_uri").asString()).isEqualTo(ORIGIN + "/oauth2/jwks");
        assertThat(discovery.get("authorization_endpoint").asString()).isEqualTo(ORIGIN + "/oauth2/authorize");
        assertThat(discovery.get("token_endpoint").asString()).isEqualTo(ORIGIN + "/oauth2/token");
    }

    @Test
    void thePrivateKeyIsNotPublished() {
        JsonNode key = json.readTree(get("/oauth2/jwks").body()).get("keys").get(0);

        assertThat(key.get("kty").asString()).isEqualTo("RSA");
        assertThat(key.has("kid")).isTrue();
        assertThat(List.of("d", "p", "q", "dp", "dq", "qi")).noneMatch(key::has);
    }

    @Test
    void anAddressOfSomebodyElseGetsNoCode() throws Exception {
        browse(authorize());
        signIn("maria", "wörd of mouth");
        URI elsewhere = URI.create(
                authorize().toString().replaceAll("redirect_uri=[^&]*", "redirect_uri=https%3A%2F%2Fevil.example%2F"));

        HttpResponse<String> refused = browser.send(
                HttpRequest.newBuilder(elsewhere).header("Accept", "text/html").build(), BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Go to the home page");
    }

    @Test
    void anApplicationGetsATokenForItsSecret() {
        String basic = Base64.getEncoder().encodeToString("case-app:machine+secret".getBytes(UTF_8));

        HttpResponse<String> answer = send(request("/oauth2/token")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));

        Jwt token = decoder()
                .decode(json.readTree(answer.body()).get("access_token").asString());
        assertThat(token.getSubject()).isEqualTo("case-app");
        assertThat(token.getAudience()).containsExactly("casewire");
        assertThat(token.getClaimAsStringList("roles")).containsExactly("service");
        assertThat(token.getClaimAsStringList("sites")).containsExactly("demo");
    }

    @Test
    void whoBringsNoTokenOrAWrongSecretIsToldWhatIsWanted() {
        HttpResponse<String> none = send(request("/userinfo").GET());
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(challenge(none)).startsWith("Bearer").doesNotContain("error");

        HttpResponse<String> nonsense = send(
                request("/userinfo").header("Authorization", "Bearer nonsense").GET());
        assertThat(nonsense.statusCode()).isEqualTo(401);
        assertThat(challenge(nonsense)).startsWith("Bearer").contains("error=\"invalid_token\"");

        String basic = Base64.getEncoder().encodeToString("case-app:wrong".getBytes(UTF_8));
        HttpResponse<String> wrong = send(request("/oauth2/token")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("invalid_client");
        assertThat(challenge(wrong)).startsWith("Basic ");
    }

    private static String challenge(HttpResponse<?> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("");
    }

    private static URI authorize() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(US_ASCII));
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        return URI.create(ORIGIN + "/oauth2/authorize?response_type=code&client_id=casewire-home&scope=openid"
                + "&state=st%2Bate&redirect_uri=" + encode(ORIGIN + "/")
                + "&code_challenge=" + challenge + "&code_challenge_method=S256");
    }

    private HttpResponse<String> signIn(String id, String password) throws Exception {
        String csrf = csrf(browse(URI.create(ORIGIN + "/login")));
        return post("/login", "username=" + encode(id) + "&password=" + encode(password) + "&_csrf=" + csrf);
    }

    private JsonNode exchange(String redirect, String verifier) throws Exception {
        Matcher code = Pattern.compile("[?&]code=([^&]+)").matcher(redirect);
        assertThat(code.find()).as(redirect).isTrue();
        HttpResponse<String> answer = post(
                "/oauth2/token",
                "grant_type=authorization_code&client_id=casewire-home&code=" + code.group(1) + "&redirect_uri="
                        + encode(ORIGIN + "/") + "&code_verifier=" + verifier);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> browse(URI address) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(address)
                        .header("Accept", "text/html,*/*;q=0.8")
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(ORIGIN + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JwtDecoder decoder() {
        return NimbusJwtDecoder.withJwkSetUri(ORIGIN + "/oauth2/jwks").build();
    }

    private static String csrf(HttpResponse<String> page) {
        Matcher token = CSRF.matcher(page.body());
        assertThat(token.find()).as(page.body()).isTrue();
        return token.group(1);
    }

    private static String policyFor(String page) throws Exception {
        String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8));
        return "default-src 'none'; style-src 'sha256-" + Base64.getEncoder().encodeToString(hash)
                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Location")
                .map(where -> URI.create(ORIGIN + "/").resolve(where).toString())
                .orElseThrow(() -> new AssertionError("No redirect: " + answer.statusCode() + " " + answer.body()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
