package org.casewire.notification.home;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.webjars.WebJarVersionLocator;

/**
 * The HTML of the page and of the block that other applications embed, and what a browser may do with each: our own
 * files, the issuer to sign in at, and for the block the pages it may stand in.
 */
@Component
final class HomePage {

    private static final String LIBRARY = "lit-html";

    private final String page;
    private final String block;
    private final String importMap;
    private final String pagePolicy;

    HomePage(@Value("${casewire.oidc.issuer}") URI issuer) {
        this.importMap = importMap();
        this.page = html("Alerts · Casewire", "home.js");
        this.block = html("Texts from your clients", "frame.js");
        String signIn = issuer.getScheme() + "://" + issuer.getAuthority();
        this.pagePolicy = policy("'self' " + signIn, "'self' " + signIn, "'none'");
    }

    String page() {
        return page;
    }

    String block() {
        return block;
    }

    String pagePolicy() {
        return pagePolicy;
    }

    /** @param around the origins of the pages that the block may stand in */
    String blockPolicy(List<String> around) {
        return policy("'self'", "'none'", String.join(" ", around.isEmpty() ? List.of("'none'") : around));
    }

    private String policy(String connect, String forms, String around) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' 'sha256-" + sha256(importMap) + "'",
                "style-src 'self'",
                "img-src 'self'",
                "connect-src " + connect,
                "form-action " + forms,
                "base-uri 'none'",
                "frame-ancestors " + around);
    }

    private String html(String title, String script) {
        return template()
                .replace("{{title}}", title)
                .replace("{{script}}", script)
                .replace("{{importmap}}", importMap);
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
