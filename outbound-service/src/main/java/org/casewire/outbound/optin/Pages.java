package org.casewire.outbound.optin;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.SiteDocument;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What a person sees in the browser: plain HTML that needs no script, and may load nothing. */
@Component
class Pages {

    private static final String STYLE = resource("/opt-in/page.css");
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-%s'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                    .formatted(hash(STYLE));

    private final Template page = Mustache.compiler().defaultValue("").compile(resource("/opt-in/page.mustache"));

    /**
     * The form as it was filled in.
     *
     * @param sent whether it was sent, so that what is missing is said
     */
    record Filled(Set<Category> ticked, boolean agreed, boolean sent) {

        static final Filled NOTHING = new Filled(Set.of(), false, false);

        boolean isComplete() {
            return !ticked.isEmpty() && agreed;
        }
    }

    ResponseEntity<String> form(Invitation invitation, SiteDocument site, Language language, Filled filled) {
        String sender = Senders.name(site);
        Map<String, Object> model = model(language, language.say("title", sender), sender);
        boolean failed = filled.sent() && !filled.isComplete();
        model.put("form", true);
        model.put("failed", failed);
        model.put("paragraphs", List.of(language.say("intro", sender)));
        model.put("number", Senders.written(invitation.person().contact(), site));
        model.put("firstCategory", invitation.categories().getFirst());
        model.put(
                "categories",
                invitation.categories().stream()
                        .map(category -> Map.of(
                                "value",
                                category.name(),
                                "label",
                                language.say("category." + category),
                                "ticked",
                                filled.ticked().contains(category)))
                        .toList());
        model.put("agreement", agreement(site, language));
        model.put("agreed", filled.agreed());
        model.put("categoryError", failed && filled.ticked().isEmpty() ? language.say("categoryError") : false);
        model.put("agreementError", failed && !filled.agreed() ? language.say("agreementError") : false);
        return answer(failed ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK, model);
    }

    /** What the person agrees to, word by word: it becomes evidence. */
    static String agreement(SiteDocument site, Language language) {
        return language.say("agreement", Senders.name(site));
    }

    ResponseEntity<String> done(SiteDocument site, Language language) {
        Map<String, Object> model = model(language, language.say("done.title"), Senders.name(site));
        Optional<String> number = Senders.number(site);
        String start = number.map(to -> language.say("done.start", Senders.written(to, site)))
                .orElseGet(() -> language.say("done.startAnywhere"));
        model.put("paragraphs", List.of(language.say("done.first"), start, language.say("done.stop")));
        number.ifPresent(to -> model.put(
                "start",
                Map.of(
                        "href",
                        "sms:" + to + "?body=START",
                        "label",
                        language.say("done.sms", Senders.written(to, site)))));
        return answer(HttpStatus.OK, model);
    }

    /** A page that says why there is no form, and what to do: {@code unknown}, {@code expired}, {@code used}, {@code busy}. */
    ResponseEntity<String> instead(HttpStatus status, String what, @Nullable SiteDocument site, Language language) {
        String from = site == null ? language.say("from") : Senders.name(site);
        Map<String, Object> model = model(language, language.say(what + ".title"), from);
        model.put("paragraphs", List.of(language.say(what + ".text")));
        return answer(status, model);
    }

    private static Map<String, Object> model(Language language, String title, String from) {
        Map<String, String> texts = new HashMap<>();
        language.texts().keySet().forEach(key -> texts.put(key, language.texts().getString(key)));
        Map<String, Object> model = new HashMap<>();
        model.put("lang", language.tag());
        model.put("otherLang", language.other().tag());
        model.put("text", texts);
        model.put("title", title);
        model.put("from", from);
        model.put("style", STYLE);
        for (String section : List.of("form", "failed", "start")) {
            model.put(section, false);
        }
        return model;
    }

    private ResponseEntity<String> answer(HttpStatus status, Map<String, Object> model) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("X-Robots-Tag", "noindex")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_LANGUAGE, String.valueOf(model.get("lang")))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .body(page.execute(model));
    }

    private static String resource(String name) {
        try (InputStream file = Pages.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("there is no " + name + " on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String hash(String style) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JVM has SHA-256", missing);
        }
    }
}
