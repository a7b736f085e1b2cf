package org.casewire.twin.ledger;

/** Counts what the carriers charge: 160 or 153 septets of GSM-7, else 70 or 67 UTF-16 units. */
public final class Segments {

    private static final String GSM_BASIC =
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
                    + "abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String GSM_ESCAPED = "\f^{}\\[~]|€";
    private static final byte[] SEPTETS = septets();

    private Segments() {}

    private static byte[] septets() {
        byte[] septets = new byte[Character.MAX_VALUE + 1];
        GSM_BASIC.chars().forEach(c -> septets[c] = 1);
        GSM_ESCAPED.chars().forEach(c -> septets[c] = 2);
        return septets;
    }

    /** How many segments a text takes, at least one. */
    public static int of(String text) {
        int septets = 0;
        for (int i = 0; i < text.length(); i++) {
            int size = SEPTETS[text.charAt(i)];
            if (size == 0) {
                return text.length() <= 70 ? 1 : unicode(text);
            }
            septets += size;
        }
        return septets <= 160 ? 1 : gsm(text);
    }

    private static int gsm(String text) {
        int segments = 1;
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            int size = SEPTETS[text.charAt(i)];
            // An escape pair is never split.
            if (used + size > 153) {
                segments++;
                used = 0;
            }
            used += size;
        }
        return segments;
    }

    private static int unicode(String text) {
        int segments = 1;
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            // Neither is a surrogate pair.
            int size = Character.charCount(text.codePointAt(i));
            if (used + size > 67) {
                segments++;
                used = 0;
            }
            used += size;
            i += size;
        }
        return segments;
    }
}
