package org.casewire.outbound.text;

/**
 * How many segments a text is on the air (GSM 03.38 and 03.40): 160 septets or 70 UTF-16 units alone, 153 or 67 each
 * when several are joined. Characters of the extension table cost two septets, and neither such a pair nor a surrogate
 * pair is cut by a segment's end.
 */
public final class Segments {

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";

    /** Septets by UTF-16 unit; 0 for what the alphabet lacks. */
    private static final byte[] SEPTETS = septets();

    static final int GSM_ALONE = 160;
    static final int UCS2_ALONE = 70;
    private static final int GSM_JOINED = 153;
    private static final int UCS2_JOINED = 67;

    private Segments() {}

    private static byte[] septets() {
        byte[] septets = new byte['€' + 1];
        BASIC.chars().forEach(unit -> septets[unit] = 1);
        EXTENSION.chars().forEach(unit -> septets[unit] = 2);
        return septets;
    }

    /** The number of segments, at least 1. */
    public static int count(String text) {
        return isGsm(text) ? count(text, GSM_ALONE, GSM_JOINED, false) : count(text, UCS2_ALONE, UCS2_JOINED, true);
    }

    /** Whether every character is of the GSM-7 alphabet; a single one that is not turns the whole text to UCS-2. */
    public static boolean isGsm(String text) {
        return firstForeign(text) < 0;
    }

    /** Where the first character stands that is not of the GSM-7 alphabet, -1 when there is none. */
    public static int firstForeign(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (septets(text.charAt(i)) == 0) {
                return i;
            }
        }
        return -1;
    }

    /** What a character costs in the GSM-7 alphabet: 1, 2 with an escape, 0 when it is not in it. */
    static int septets(int point) {
        return point < SEPTETS.length ? SEPTETS[point] : 0;
    }

    /** How much more fits without another segment: septets of a text in GSM-7, else UTF-16 units. */
    public static int left(String text) {
        boolean ucs2 = !isGsm(text);
        int joined = ucs2 ? UCS2_JOINED : GSM_JOINED;
        int alone = (ucs2 ? UCS2_ALONE : GSM_ALONE)
                - text.codePoints().map(point -> cost(point, ucs2)).sum();
        return alone >= 0 ? alone : joined - filled(text, joined, ucs2).inLast();
    }

    private static int count(String text, int alone, int joined, boolean ucs2) {
        Filled filled = filled(text, joined, ucs2);
        return filled.total() <= alone ? 1 : filled.segments();
    }

    private record Filled(int segments, int inLast, int total) {}

    private static Filled filled(String text, int joined, boolean ucs2) {
        int segments = 1;
        int used = 0;
        int total = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int units = cost(point, ucs2);
            if (used + units > joined) {
                segments++;
                used = 0;
            }
            used += units;
            total += units;
            i += Character.charCount(point);
        }
        return new Filled(segments, used, total);
    }

    private static int cost(int point, boolean ucs2) {
        return ucs2 ? Character.charCount(point) : septets(point);
    }
}
