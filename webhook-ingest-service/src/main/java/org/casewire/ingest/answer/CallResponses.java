package org.casewire.ingest.answer;

import java.util.Map;
import org.casewire.events.SiteDocument;
import org.jspecify.annotations.Nullable;

/** What somebody hears who calls a number that is there for texts. */
public final class CallResponses {

    /** Twilio speaks languages of a country only; the others are left to its default. */
    private static final Map<String, String> SPOKEN = Map.ofEntries(
            Map.entry("en", "en-US"),
            Map.entry("es", "es-US"),
            Map.entry("fr", "fr-CA"),
            Map.entry("pt", "pt-BR"),
            Map.entry("de", "de-DE"),
            Map.entry("it", "it-IT"),
            Map.entry("ja", "ja-JP"),
            Map.entry("ko", "ko-KR"),
            Map.entry("pl", "pl-PL"),
            Map.entry("ru", "ru-RU"),
            Map.entry("vi", "vi-VN"));

    private CallResponses() {}

    /** The site's call response in its voice and language; a site that has none does not take calls. */
    public static byte[] of(SiteDocument site) {
        String words = site.callResponse();
        return words == null || words.isBlank() ? Twiml.reject() : Twiml.say(words, site.callVoice(), language(site));
    }

    private static @Nullable String language(SiteDocument site) {
        if (site.callLanguage() != null) {
            return site.callLanguage();
        }
        return site.language().contains("-") ? site.language() : SPOKEN.get(site.language());
    }
}
