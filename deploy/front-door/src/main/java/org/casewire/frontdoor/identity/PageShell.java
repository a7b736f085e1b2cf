package org.casewire.frontdoor.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What all pages have around them: plain HTML that needs no script and nothing from elsewhere. */
final class PageShell {

    private static final String STYLE = part("style.css");
    private static final String SHELL = part("page.html").replace("{{style}}", STYLE);

    /** The only thing a page may load is the style that stands in it. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private PageShell() {}

    static String around(String title, String content) {
        return SHELL.replace("{{title}}", title).replace("{{content}}", content);
    }

    static String part(String name) {
        try (InputStream text = PageShell.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("The page part " + name + " is not in the jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java knows SHA-256", e);
        }
    }
}
