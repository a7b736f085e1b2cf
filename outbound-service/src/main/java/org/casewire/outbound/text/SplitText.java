package org.casewire.outbound.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.casewire.events.SiteDocument.Split;

/**
 * A text in the pieces it leaves in. With JOINED a piece is what Twilio takes in one message, and the carriers join its
 * segments; with SEPARATE it is one segment, in its own alphabet. Cuts fall between words and lose nothing but the white
 * space there; a word that no piece can hold is cut between two characters as people see them.
 *
 * @param text the whole of it
 */
public record SplitText(String text, Split split, List<Piece> pieces) {

    /** Twilio takes at most this many UTF-16 units in one message. */
    private static final int MOST_UNITS = 1_600;

    /** How far a character as people see it (letters with marks, emoji of many) is looked at past a cut. */
    private static final int CLUSTER = 64;

    private static final int JOINER = 0x200D;

    /**
     * One Twilio message of the text.
     *
     * @param start where in the text it begins
     */
    public record Piece(String text, int segments, int start) {}

    public SplitText {
        pieces = List.copyOf(pieces);
    }

    /** Splits a text; one that fits is left as it is. */
    public static SplitText of(String text, Split split) {
        List<Piece> pieces = new ArrayList<>(1);
        for (int start = 0; start < text.length(); ) {
            int end = cut(text, start, reach(text, start, split), split);
            String piece = text.substring(start, end);
            if (end < text.length()) {
                piece = piece.stripTrailing();
            }
            if (!piece.isEmpty()) {
                pieces.add(new Piece(piece, Segments.count(piece), start));
            }
            start = pastWhiteSpace(text, end);
        }
        return new SplitText(text, split, pieces);
    }

    /** The segments of all pieces. */
    public int segments() {
        return pieces.stream().mapToInt(Piece::segments).sum();
    }

    /** The same text, or as much of its beginning as {@code most} segments hold, ended at a word with an ellipsis. */
    public SplitText cutTo(int most) {
        int kept = 0;
        int used = 0;
        while (kept < pieces.size() && used + pieces.get(kept).segments() <= most) {
            used += pieces.get(kept++).segments();
        }
        if (kept == pieces.size()) {
            return this;
        }
        if (used == most) {
            used -= pieces.get(--kept).segments();
        }
        Piece last = pieces.get(kept);
        String ended = ended(last.text(), most - used);
        List<Piece> all = new ArrayList<>(pieces.subList(0, kept));
        all.add(new Piece(ended, Segments.count(ended), last.start()));
        return new SplitText(text.substring(0, last.start()) + ended, split, all);
    }

    /** The longest beginning of a piece that still holds an ellipsis. */
    private String ended(String piece, int segments) {
        int fits = 0;
        int tooLong = piece.length() + 1;
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) / 2;
            String tried = withEllipsis(piece.substring(0, whole(piece, middle)));
            if (tried.length() <= MOST_UNITS && Segments.count(tried) <= segments) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        int reach = whole(piece, fits);
        return withEllipsis(piece.substring(0, cut(piece, 0, reach, split)));
    }

    /** The one character forces a text to UCS-2, so that a plain text gets three dots. */
    private static String withEllipsis(String text) {
        String end = text.stripTrailing();
        return end + (Segments.isGsm(end) ? "..." : "…");
    }

    /** How far a piece can reach at most. */
    private static int reach(String text, int start, Split split) {
        return switch (split) {
            case JOINED -> whole(text, Math.min(text.length(), start + MOST_UNITS));
            case SEPARATE -> oneSegment(text, start);
        };
    }

    private static int oneSegment(String text, int start) {
        boolean gsm = true;
        int used = 0;
        int end = start;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            int next = end + Character.charCount(point);
            int septets = Segments.septets(point);
            gsm &= septets > 0;
            used += septets;
            if (gsm ? used > Segments.GSM_ALONE : next - start > Segments.UCS2_ALONE) {
                return end;
            }
            end = next;
        }
        return end;
    }

    private static int whole(String text, int end) {
        boolean insidePair = end > 0
                && end < text.length()
                && Character.isLowSurrogate(text.charAt(end))
                && Character.isHighSurrogate(text.charAt(end - 1));
        return insidePair ? end - 1 : end;
    }

    private static int cut(String text, int start, int end, Split split) {
        if (end == text.length()) {
            return end;
        }
        for (int i = end; i > start; i--) {
            if (isGap(text, i)) {
                return nextWordFits(text, i + 1, end, split) ? i : betweenCharacters(text, start, end);
            }
        }
        return isGap(text, start) ? start + 1 : betweenCharacters(text, start, end);
    }

    /** White space that carries an accent or the like is a character, not a gap. */
    private static boolean isGap(String text, int at) {
        return Character.isWhitespace(text.charAt(at))
                && (at + 1 == text.length() || !isMark(text.codePointAt(at + 1)));
    }

    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> point == JOINER;
        };
    }

    private static boolean nextWordFits(String text, int word, int end, Split split) {
        int reach = reach(text, word, split);
        if (reach == text.length()) {
            return true;
        }
        for (int i = end; i <= reach; i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static int betweenCharacters(String text, int start, int end) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text.substring(start, Math.min(text.length(), end + CLUSTER)));
        if (characters.isBoundary(end - start)) {
            return end;
        }
        int before = characters.preceding(end - start);
        return before > 0 ? start + before : end;
    }

    private static int pastWhiteSpace(String text, int from) {
        int at = from;
        while (at < text.length() && isGap(text, at)) {
            at++;
        }
        return at;
    }
}
