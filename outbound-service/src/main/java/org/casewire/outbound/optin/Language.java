package org.casewire.outbound.optin;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The languages invitations and pages are written in, and their words. */
enum Language {
    EN("en"),
    ES("es");

    private final String tag;
    private final ResourceBundle texts;

    Language(String tag) {
        this.tag = tag;
        this.texts = ResourceBundle.getBundle(
                "opt-in.texts",
                Locale.of(tag),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String tag() {
        return tag;
    }

    ResourceBundle texts() {
        return texts;
    }

    Language other() {
        return this == EN ? ES : EN;
    }

    String say(String name, Object... values) {
        return new MessageFormat(texts.getString(name).replace("'", "''"), Locale.of(tag)).format(values);
    }

    /** {@code es}, {@code es-MX}; empty for a language nothing is written in. */
    static Optional<Language> of(@Nullable String written) {
        String language =
                written == null ? "" : Locale.forLanguageTag(written.strip()).getLanguage();
        for (Language known : values()) {
            if (known.tag.equals(language)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** What a browser asks for in Accept-Language. */
    static Optional<Language> accepted(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        try {
            List<Locale> written = List.of(Locale.of(EN.tag), Locale.of(ES.tag));
            return Optional.ofNullable(Locale.lookup(LanguageRange.parse(header), written))
                    .flatMap(found -> of(found.getLanguage()));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
