package org.casewire.notification.home;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.webjars.WebJarVersionLocator;

/** The page's HTML and what a browser may do with it: our own files, and the issuer to sign in at. */
@Component
final class HomePage {

    private static final String LIBRARY = "lit-html";

    private final String html;
    private final String policy;

    HomePage(@Value("${casewire.oidc.issuer}") URI issuer) {
        String importMap = importMap();
        this.html = template().replace("{{importmap}}", importMap);
        String signIn = issuer.getScheme() + "://" + issuer.getAuthority();
        this.policy = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' 'sha256-" + sha256(importMap) + "'",
                "style-src 'self'",
                "img-src 'self'",
                "connect-src 'self' " + signIn,
                "form-action 'self' " + signIn,
                "base-uri 'none'",
                "frame-ancestors 'none'");
    }

    String html() {
        return html;
    }

    String policy() {
        return policy;
    }

    /** The version stands in the address, so a browser may keep the library for good. */
    private static String importMap() {
        String version = Objects.requireNonNull(new WebJarVersionLocator().version(LIBRARY), "no WebJar of lit-html");
        String folder = "/webjars/" + LIBRARY + "/" + version + "/";
        return """
                {"imports":{"lit-html":"%slit-html.js","lit-html/":"%s"}}""".formatted(folder, folder);
    }

    private static String template() {
        try (InputStream page = HomePage.class.getResourceAsStream("page.html")) {
            return new String(Objects.requireNonNull(page, "page.html").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String sha256(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
