package org.casewire.notification.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.casewire.events.InboundEvent.Media;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewTest {

    private static final Media PICTURE = new Media("https://api.twilio.com/1", "image/png");
    private static final Media SOUND = new Media("https://api.twilio.com/2", "audio/amr");

    @Test
    void aShortTextIsShownAsItIs() {
        assertThat(Preview.of("نعم، سأكون هناك\nشكرا", List.of())).isEqualTo("نعم، سأكون هناك\nشكرا");
        assertThat(Preview.of("x".repeat(120), List.of(PICTURE))).hasSize(120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "👩‍👩‍👧‍👦", "é", "🇺🇸", "👍🏽"})
    void aLongOneIsNeverCutInsideACharacter(String character) {
        for (int shift = 0; shift < character.length(); shift++) {
            String body = "x".repeat(119 - shift) + character.repeat(20);
            String preview = Preview.of(body, List.of());
            assertThat(preview.length()).isBetween(100, 120);
            assertThat(body).startsWith(preview);
            assertThat((preview.length() - (119 - shift)) % character.length()).isZero();
        }
    }

    @Test
    void anEndlessCharacterIsCutAllTheSame() {
        assertThat(Preview.of("e" + "\u0301".repeat(500), List.of()).length()).isBetween(100, 120);
    }

    @Test
    void whatCameWithoutWordsIsNamed() {
        assertThat(Preview.of("", List.of(PICTURE))).isEqualTo("Picture");
        assertThat(Preview.of(" ", List.of(PICTURE, PICTURE))).isEqualTo("2 pictures");
        assertThat(Preview.of("", List.of(SOUND))).isEqualTo("File");
        assertThat(Preview.of("", List.of(PICTURE, SOUND))).isEqualTo("2 files");
        assertThat(Preview.of("", List.of())).isEqualTo("A text without words");
    }
}
