package org.casewire.outbound.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {

    /** {@code 152×a 1×€} is 152 times an a and then a euro sign. */
    private static String text(String recipe) {
        StringBuilder text = new StringBuilder();
        for (String step : recipe.strip().split(" ")) {
            String[] timesAndWhat = step.split("×", 2);
            text.append(timesAndWhat[1].repeat(Integer.parseInt(timesAndWhat[0])));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    0×a               ; 1
                    160×a             ; 1
                    161×a             ; 2
                    306×a             ; 2
                    307×a             ; 3
                    459×a             ; 3
                    460×a             ; 4
                    1530×a            ; 10
                    1600×a            ; 11
                    """)
    void gsmTextHolds160AloneAnd153Joined(String recipe, int segments) {
        assertThat(Segments.count(text(recipe))).isEqualTo(segments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    80×€              ; 1
                    81×€              ; 2
                    158×a 1×€         ; 1
                    159×a 1×€         ; 2
                    151×a 1×€ 153×a   ; 2
                    152×a 1×€ 151×a   ; 2
                    152×a 1×€ 152×a   ; 3
                    152×€             ; 2
                    153×€             ; 3
                    1×[ 158×a         ; 1
                    1×[ 159×a         ; 2
                    """)
    void anExtensionCharacterCostsTwoAndIsNotCutByASegmentsEnd(String recipe, int segments) {
        assertThat(Segments.count(text(recipe))).isEqualTo(segments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    70×й              ; 1
                    71×й              ; 2
                    134×й             ; 2
                    135×й             ; 3
                    201×й             ; 3
                    202×й             ; 4
                    """)
    void otherTextHolds70AloneAnd67Joined(String recipe, int segments) {
        assertThat(Segments.count(text(recipe))).isEqualTo(segments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    35×😀             ; 1
                    68×й 1×😀         ; 1
                    69×й 1×😀         ; 2
                    35×😀 1×a         ; 2
                    65×й 1×😀 67×й    ; 2
                    66×й 1×😀 65×й    ; 2
                    66×й 1×😀 66×й    ; 3
                    66×😀             ; 2
                    67×😀             ; 3
                    """)
    void aSurrogatePairCostsTwoAndIsNotCutByASegmentsEnd(String recipe, int segments) {
        assertThat(Segments.count(text(recipe))).isEqualTo(segments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    160×é             ; 1 ; true
                    159×a 1×ê         ; 3 ; false
                    69×a 1×’          ; 1 ; false
                    70×a 1×’          ; 2 ; false
                    69×€ 1×’          ; 1 ; false
                    70×€ 1×’          ; 2 ; false
                    159×a 1×Ç         ; 1 ; true
                    159×a 1×ç         ; 3 ; false
                    159×a 1×`         ; 3 ; false
                    80×Ω 80×ß         ; 1 ; true
                    68×a 1×😀         ; 1 ; false
                    """)
    void oneForeignCharacterTurnsTheWholeText(String recipe, int segments, boolean gsm) {
        assertThat(Segments.count(text(recipe))).isEqualTo(segments);
        assertThat(Segments.isGsm(text(recipe))).isEqualTo(gsm);
    }

    @Test
    void lineBreaksArePlainAndTabsAreNot() {
        assertThat(Segments.isGsm("one\r\ntwo")).isTrue();
        assertThat(Segments.isGsm("one\ttwo")).isFalse();
        assertThat(Segments.count("\f".repeat(81))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    0×a               ; 160
                    9×a               ; 151
                    160×a             ; 0
                    161×a             ; 145
                    80×€              ; 0
                    152×a 1×€ 10×a    ; 141
                    1×й               ; 69
                    71×й              ; 63
                    66×й 1×😀 3×й     ; 62
                    """)
    void whatIsLeftIsWhatTheLastSegmentStillHolds(String recipe, int left) {
        String text = text(recipe);
        String more = Segments.isGsm(text) ? "a" : "й";
        assertThat(Segments.left(text)).isEqualTo(left);
        assertThat(Segments.count(text + more.repeat(left))).isEqualTo(Segments.count(text));
        assertThat(Segments.count(text + more.repeat(left + 1))).isEqualTo(Segments.count(text) + 1);
    }

    @Test
    void theFirstForeignCharacterIsFound() {
        assertThat(Segments.firstForeign("plain €")).isEqualTo(-1);
        assertThat(Segments.firstForeign("It’s 😀")).isEqualTo(2);
    }
}
