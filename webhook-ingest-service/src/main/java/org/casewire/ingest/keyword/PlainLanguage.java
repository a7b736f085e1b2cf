package org.casewire.ingest.keyword;

import java.util.List;

/**
 * Opt-outs in a person's own words. The rule is data, one file of weighted phrases a language; all are asked of every
 * text, since nobody says which language they write. Reading takes time linear in the length of the text.
 */
public final class PlainLanguage {

    private static final int SURE = 10;
    private static final int UNSURE = 4;
    private static final List<Rules> LANGUAGES = List.of(
            Rules.read("/plain-language/en.rules"),
            Rules.read("/plain-language/es.rules"),
            Rules.read("/plain-language/fr.rules"));

    private PlainLanguage() {}

    /** What a text means for texting its writer. */
    public enum Meaning {
        /** Everyday words. */
        NOTHING,
        /** Perhaps an opt-out: for a person to decide. */
        UNSURE,
        /** Surely an opt-out. */
        OPT_OUT
    }

    /** What a text means that is none of the keywords. */
    public static Meaning of(String body) {
        int weight =
                LANGUAGES.stream().mapToInt(rules -> rules.weigh(body)).max().orElse(0);
        return weight >= SURE ? Meaning.OPT_OUT : weight >= UNSURE ? Meaning.UNSURE : Meaning.NOTHING;
    }
}
