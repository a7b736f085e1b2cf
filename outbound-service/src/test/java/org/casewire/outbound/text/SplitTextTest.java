package org.casewire.outbound.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.casewire.events.SiteDocument.Split;
import org.casewire.outbound.text.SplitText.Piece;
import org.junit.jupiter.api.Test;

class SplitTextTest {

    private static final String FAMILY = "👨‍👩‍👧‍👦";

    private static List<String> pieces(String text, Split split) {
        return SplitText.of(text, split).pieces().stream().map(Piece::text).toList();
    }

    private static List<String> separate(String text) {
        return pieces(text, Split.SEPARATE);
    }

    @Test
    void whatFitsIsLeftAsItIs() {
        assertThat(separate("  Two lines\nand a space ")).containsExactly("  Two lines\nand a space ");
        assertThat(pieces(" a ".repeat(500), Split.JOINED)).containsExactly(" a ".repeat(500));
    }

    @Test
    void aPieceEndsAtAWordAndTheGapIsDropped() {
        assertThat(separate("a".repeat(150) + " \n " + "b".repeat(20)))
                .containsExactly("a".repeat(150), "b".repeat(20));
        assertThat(separate("a".repeat(160) + " b")).containsExactly("a".repeat(160), "b");
        assertThat(separate("a".repeat(159) + " b")).containsExactly("a".repeat(159), "b");
        assertThat(separate("a".repeat(160) + "  ")).containsExactly("a".repeat(160));
    }

    @Test
    void aWordThatNoPieceHoldsIsCut() {
        assertThat(separate("See " + "x".repeat(200))).containsExactly("See " + "x".repeat(156), "x".repeat(44));
    }

    @Test
    void aWordThatAPieceHoldsIsNotCut() {
        assertThat(separate("See " + "x".repeat(160))).containsExactly("See", "x".repeat(160));
    }

    @Test
    void aCharacterOfTwoSeptetsStaysWhole() {
        assertThat(separate("a".repeat(159) + "€")).containsExactly("a".repeat(159), "€");
    }

    @Test
    void aPairAndAFamilyStayWhole() {
        assertThat(separate("й".repeat(69) + "😀")).containsExactly("й".repeat(69), "😀");
        assertThat(separate("й".repeat(65) + FAMILY)).containsExactly("й".repeat(65), FAMILY);
        assertThat(pieces("a".repeat(1599) + "😀", Split.JOINED)).containsExactly("a".repeat(1599), "😀");
        assertThat(separate("й".repeat(69) + "e\u0301")).containsExactly("й".repeat(69), "e\u0301");
    }

    @Test
    void aSeparatePieceHasItsOwnAlphabet() {
        assertThat(separate("a".repeat(150) + " " + "word ".repeat(10) + "😀"))
                .containsExactly("a".repeat(150) + " word word", "word ".repeat(8) + "😀");
    }

    @Test
    void joinedPiecesCountTheSegmentsThatAreJoined() {
        SplitText text = SplitText.of("word ".repeat(640).strip(), Split.JOINED);
        assertThat(text.pieces()).extracting(Piece::segments).containsExactly(11, 11);
        assertThat(text.pieces()).extracting(piece -> piece.text().length()).containsExactly(1599, 1599);
        assertThat(text.segments()).isEqualTo(22);
    }

    @Test
    void aTextIsCutAtAWordWithThreeDotsAsLongAsItIsPlain() {
        SplitText cut = SplitText.of("word ".repeat(50).strip(), Split.JOINED).cutTo(1);
        assertThat(cut.text()).isEqualTo("word ".repeat(31).strip() + "...");
        assertThat(cut.segments()).isEqualTo(1);
        assertThat(cut.pieces()).extracting(Piece::text).containsExactly(cut.text());
    }

    @Test
    void whatIsPlainOnceItIsCutGetsThreeDotsToo() {
        assertThat(SplitText.of("word ".repeat(50) + "😀", Split.JOINED)
                        .cutTo(1)
                        .text())
                .isEqualTo("word ".repeat(31).strip() + "...");
        assertThat(SplitText.of("слово ".repeat(50), Split.JOINED).cutTo(1).text())
                .isEqualTo("слово ".repeat(11).strip() + "…");
    }

    @Test
    void aTextThatFillsItsSegmentsGivesAWordUpForTheEllipsis() {
        SplitText cut = SplitText.of("a".repeat(150) + " " + "b".repeat(9) + " " + "c".repeat(150), Split.SEPARATE)
                .cutTo(1);
        assertThat(cut.text()).isEqualTo("a".repeat(150) + "...");
    }

    @Test
    void aTextWithinItsSegmentsIsNotCut() {
        SplitText text = SplitText.of("word ".repeat(60), Split.JOINED);
        assertThat(text.cutTo(2)).isSameAs(text);
    }

    @Test
    void aMegabyteIsSplitInAMoment() {
        for (String text : List.of("x".repeat(1 << 20), "word ".repeat(200_000), " ".repeat(1 << 20) + "x")) {
            SplitText split = SplitText.of(text, Split.SEPARATE);
            assertThat(split.cutTo(20).pieces()).hasSizeLessThanOrEqualTo(20);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> words = Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(12),
                Arbitraries.of(
                        "€", "[x]", "’", "😀", FAMILY, "e\u0301", "naïve", "שלום", "你好", "й", "`", "~", "\u00a0"),
                Arbitraries.strings().withChars("aé€й😀").ofMinLength(60).ofMaxLength(200));
        Arbitrary<String> gaps = Arbitraries.of(" ", " ", " ", "  ", "\n", "\n\n", "\t", "");
        return net.jqwik.api.Combinators.combine(words, gaps)
                .as((word, gap) -> word + gap)
                .list()
                .ofMinSize(1)
                .ofMaxSize(600)
                .map(all -> String.join("", all))
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text) && !text.isBlank());
    }

    private static String withoutGaps(String text) {
        return text.codePoints()
                .filter(point -> !Character.isWhitespace(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Counted the slow way: septets one by one, pairs of any kind never across a segment's end. */
    private static int segments(String text) {
        boolean plain = text.chars().allMatch(unit -> Segments.septets(unit) > 0);
        int[] costs = plain
                ? text.chars().map(Segments::septets).toArray()
                : text.codePoints().map(Character::charCount).toArray();
        int total = java.util.Arrays.stream(costs).sum();
        if (total <= (plain ? 160 : 70)) {
            return 1;
        }
        int segments = 0;
        for (int i = 0; i < costs.length; segments++) {
            for (int room = plain ? 153 : 67; i < costs.length && costs[i] <= room; i++) {
                room -= costs[i];
            }
        }
        return segments;
    }

    private static boolean fits(String piece, Split split) {
        return split == Split.JOINED ? piece.length() <= 1600 : segments(piece) == 1;
    }

    @Property(tries = 300)
    void nothingIsLostButTheGapsAtTheCuts(@ForAll("texts") String text, @ForAll Split split) {
        SplitText done = SplitText.of(text, split);
        int from = 0;
        for (Piece piece : done.pieces()) {
            assertThat(text.substring(from, piece.start())).isBlank();
            assertThat(text.substring(piece.start())).startsWith(piece.text());
            from = piece.start() + piece.text().length();
        }
        assertThat(text.substring(from)).isBlank();
        assertThat(withoutGaps(String.join("", pieces(text, split)))).isEqualTo(withoutGaps(text));
    }

    @Property(tries = 300)
    void everyPieceFitsIsWholeAndCountedRight(@ForAll("texts") String text, @ForAll Split split) {
        for (Piece piece : SplitText.of(text, split).pieces()) {
            assertThat(fits(piece.text(), split)).isTrue();
            assertThat(piece.text()).isNotBlank();
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(piece.text()))
                    .isTrue();
            assertThat(piece.segments()).isEqualTo(segments(piece.text()));
            assertThat(pieces(piece.text(), split)).containsExactly(piece.text());
        }
    }

    @Property(tries = 300)
    void noPieceCouldHaveTakenTheNextWord(@ForAll("texts") String text, @ForAll Split split) {
        List<Piece> pieces = SplitText.of(text, split).pieces();
        for (int i = 1; i < pieces.size(); i++) {
            int start = pieces.get(i - 1).start();
            String rest = text.substring(pieces.get(i).start());
            int word = 0;
            while (word < rest.length() && !Character.isWhitespace(rest.charAt(word))) {
                word++;
            }
            assertThat(fits(text.substring(start, pieces.get(i).start() + word), split))
                    .isFalse();
        }
    }

    @Property(tries = 300)
    void wordsThatFitAreNotCut(@ForAll("texts") String text, @ForAll Split split) {
        for (Piece piece : SplitText.of(text, split).pieces()) {
            int start = piece.start();
            if (start == 0 || Character.isWhitespace(text.charAt(start - 1))) {
                continue;
            }
            int from = start;
            while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
                from--;
            }
            int to = start;
            while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
                to++;
            }
            assertThat(fits(text.substring(from, to), split)).isFalse();
        }
    }

    @Property(tries = 300)
    void aCutTextKeepsItsBeginningWithinTheLimit(
            @ForAll("texts") String text, @ForAll Split split, @ForAll @IntRange(min = 1, max = 25) int most) {
        SplitText whole = SplitText.of(text, split);
        SplitText cut = whole.cutTo(most);
        assertThat(cut.segments()).isLessThanOrEqualTo(most);
        assertThat(cut.cutTo(most)).isSameAs(cut);
        if (whole.segments() <= most) {
            assertThat(cut).isEqualTo(whole);
            return;
        }
        String kept = cut.text().replaceFirst("(\\.\\.\\.|…)$", "");
        assertThat(cut.text()).isNotEqualTo(kept);
        assertThat(text).startsWith(kept);
        String last = cut.pieces().getLast().text();
        assertThat(last.endsWith("...")).isEqualTo(Segments.isGsm(last));
        assertThat(fits(last, split)).isTrue();
    }
}
