package org.casewire.twin.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentsTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", 1),
                Arguments.of("x".repeat(160), 1),
                Arguments.of("x".repeat(161), 2),
                Arguments.of("x".repeat(306), 2),
                Arguments.of("x".repeat(307), 3),
                Arguments.of("€".repeat(80), 1),
                Arguments.of("€".repeat(81), 2),
                Arguments.of("x".repeat(152) + "€".repeat(5), 2),
                // An escape pair that would straddle the 153rd septet moves on whole.
                Arguments.of("x".repeat(152) + "€" + "x".repeat(151), 2),
                Arguments.of("x".repeat(152) + "€" + "x".repeat(152), 3),
                Arguments.of("Ç".repeat(160), 1),
                Arguments.of("ç".repeat(70), 1),
                Arguments.of("ç".repeat(71), 2),
                Arguments.of("`" + "x".repeat(70), 2),
                Arguments.of("😀".repeat(35), 1),
                Arguments.of("😀".repeat(36), 2),
                Arguments.of("x".repeat(66) + "😀".repeat(34), 3));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextTakesThatManySegments(String text, int segments) {
        assertThat(Segments.of(text)).isEqualTo(segments);
    }
}
