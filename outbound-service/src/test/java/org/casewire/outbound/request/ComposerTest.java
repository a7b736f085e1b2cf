package org.casewire.outbound.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.SiteDocument;
import org.casewire.events.Template;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.quickentry.QuickEntries.Name;
import org.junit.jupiter.api.Test;

class ComposerTest {

    private static final Map<Name, Template> ENTRIES =
            Map.of(new Name("demo", "come in"), new Template("Please come at {time} to room {room}."));

    private final Composer composer = new Composer();

    private Draft draft(String settings, String fields) {
        String request = "{\"site\":\"demo\",\"to\":\"404-538-7319\"," + fields + "}";
        return composer.compose(
                WireJson.read(request.getBytes(StandardCharsets.UTF_8), SendRequested.class)
                        .value(),
                WireJson.MAPPER.readValue("{\"site\":\"demo\"" + settings + "}", SiteDocument.class),
                ENTRIES);
    }

    private static String refused(RejectionReason reason, Draft draft) {
        assertThat(draft.refusal().map(Rejection::reason)).contains(reason);
        return draft.refusal().map(Rejection::detail).orElseThrow();
    }

    @Test
    void aQuickEntryIsFilledWithItsValuesAsTheyAre() {
        Draft draft = draft("", """
                "quickEntry":{"name":"come in","values":{"time":"{room} {{x}} ${a} #{b} $1 \\\\ \u200f","room":"4"}}
                """);
        assertThat(draft.refusal()).isEmpty();
        assertThat(draft.body()).isEqualTo("Please come at {room} {{x}} ${a} #{b} $1 \\ \u200f to room 4.");
    }

    @Test
    void theFormatSaysHowTheBodyIsWrittenAndNotTheEntry() {
        assertThat(draft("", """
                "format":"MARKDOWN","quickEntry":{"name":"come in","values":{"time":"**9**","room":"4"}}
                """).body()).isEqualTo("Please come at **9** to room 4.");
    }

    @Test
    void aQuickEntryTheSiteDoesNotHaveIsNamed() {
        assertThat(refused(RejectionReason.UNKNOWN_QUICK_ENTRY, draft("", "\"quickEntry\":{\"name\":\"bye\"}")))
                .isEqualTo("This site has no quick entry 'bye'.");
    }

    @Test
    void valuesThatAreMissingAreNamed() {
        assertThat(refused(
                        RejectionReason.QUICK_ENTRY_VALUE_MISSING,
                        draft("", "\"quickEntry\":{\"name\":\"come in\",\"values\":{\"time\":null,\"other\":\"x\"}}")))
                .isEqualTo("Quick entry 'come in' needs a value for 'time', 'room'.");
    }

    @Test
    void aValueThatIsNoTextIsNamed() {
        for (String bad : List.of("a\\u0000", "a\\ud83d")) {
            assertThat(refused(RejectionReason.INVALID_REQUEST, draft("", """
                                    "quickEntry":{"name":"come in","values":{"time":"9","room":"%s"}}
                                    """.formatted(bad))))
                    .startsWith("quickEntry.values.room holds a character that is none");
        }
    }

    @Test
    void theTextComesFirstAndEachPictureIsAPartOfItsOwn() {
        Draft draft =
                draft("", "\"body\":\"Hi\",\"mediaUrls\":[\"https://a.example/1.png\",\"https://a.example/2.png\"]");
        assertThat(draft.refusal()).isEmpty();
        assertThat(draft.parts())
                .containsExactly(
                        new Content("Hi", null, 1),
                        new Content(null, "https://a.example/1.png", 1),
                        new Content(null, "https://a.example/2.png", 1));
    }

    @Test
    void aBlankTextBesideAPictureIsLeftOut() {
        assertThat(draft("", "\"body\":\" \",\"mediaUrls\":[\"https://a.example/1.png\"]")
                        .parts())
                .containsExactly(new Content(null, "https://a.example/1.png", 1));
    }

    @Test
    void theSiteDecidesHowALongTextIsSplit() {
        String body = "\"body\":\"" + "word ".repeat(400).strip() + "\"";
        assertThat(draft("", body).parts()).extracting(Content::segments).containsExactly(11, 3);
        assertThat(draft(",\"split\":\"SEPARATE\"", body).parts())
                .hasSize(13)
                .extracting(Content::segments)
                .containsOnly(1);
    }

    @Test
    void aTextOfTooManySegmentsIsRefusedAndCanStillBeShown() {
        Draft draft = draft(",\"maxSegments\":2", "\"body\":\"" + "a".repeat(307) + "\"");
        assertThat(draft.refusal()).hasValueSatisfying(why -> {
            assertThat(why.reason()).isEqualTo(RejectionReason.BODY_TOO_LONG);
            assertThat(why.detail())
                    .isEqualTo("The text takes 3 segments, and this site sends at most 2 in one message; shorten it.");
        });
        assertThat(draft.body()).hasSize(307);
    }

    @Test
    void aTextOfTooManySegmentsIsCutWhereTheSiteSaysSo() {
        Draft draft = draft(
                ",\"maxSegments\":1,\"overlong\":\"CUT\"",
                "\"body\":\"" + "word ".repeat(50).strip() + "\"");
        assertThat(draft.refusal()).isEmpty();
        assertThat(draft.body()).isEqualTo("word ".repeat(31).strip() + "...");
        assertThat(draft.parts()).containsExactly(new Content(draft.body(), null, 1));
    }

    @Test
    void styledTextBecomesPlainBeforeItIsCounted() {
        assertThat(draft("", "\"format\":\"MARKDOWN\",\"body\":\"Come **now**\"")
                        .body())
                .isEqualTo("Come NOW");
        assertThat(draft("", "\"format\":\"HTML\",\"body\":\"<p>Come <b>now</b>&nbsp;</p>\"")
                        .body())
                .isEqualTo("Come NOW");
        assertThat(draft("", "\"format\":\"HTML\",\"body\":\"<script>x</script>\"")
                        .refusal())
                .hasValueSatisfying(why -> assertThat(why.reason()).isEqualTo(RejectionReason.BODY_MISSING));
    }

    @Test
    void whatNoTextCanBeIsNotEvenRead() {
        assertThat(draft("", "\"body\":\"" + "a".repeat(256 * 1024 + 1) + "\"").refusal())
                .hasValueSatisfying(why -> assertThat(why.detail())
                        .isEqualTo("body has 262145 characters; no text has more than 262144."));
    }
}
