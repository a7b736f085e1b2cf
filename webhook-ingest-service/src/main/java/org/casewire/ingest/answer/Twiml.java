package org.casewire.ingest.answer;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Answers in Twilio's markup, always well-formed and far below the 64 kB Twilio reads. */
public final class Twiml {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    /** What is spoken or written at most, in UTF-16 units; the longest escape of one has six bytes. */
    private static final int LONGEST = 10_000;

    private static final byte[] NOTHING = bytes(HEAD + "<Response/>");

    private Twiml() {}

    /** Twilio does nothing. */
    public static byte[] nothing() {
        return NOTHING.clone();
    }

    /** Twilio texts this back. */
    public static byte[] message(String text) {
        return bytes(HEAD + "<Response><Message>" + escaped(text) + "</Message></Response>");
    }

    /** Twilio takes the call, reads this aloud and hangs up. */
    static byte[] say(String text, @Nullable String voice, @Nullable String language) {
        return bytes(HEAD + "<Response><Say" + attribute("voice", voice) + attribute("language", language) + ">"
                + escaped(text) + "</Say><Hangup/></Response>");
    }

    /** Twilio does not take the call; nothing is billed. */
    static byte[] reject() {
        return bytes(HEAD + "<Response><Reject/></Response>");
    }

    private static String attribute(String name, @Nullable String value) {
        return value == null ? "" : " " + name + "=\"" + escaped(value) + "\"";
    }

    private static byte[] bytes(String markup) {
        return markup.getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder(text.length() + 16);
        int end = Math.min(text.length(), LONGEST);
        int at = 0;
        while (at < end) {
            int sign = text.codePointAt(at);
            at += Character.charCount(sign);
            switch (sign) {
                case '&' -> result.append("&amp;");
                case '<' -> result.append("&lt;");
                case '>' -> result.append("&gt;");
                case '"' -> result.append("&quot;");
                case '\'' -> result.append("&apos;");
                // Would be read as a line feed alone.
                case '\r' -> result.append("&#13;");
                default -> {
                    if (mayStand(sign)) {
                        result.appendCodePoint(sign);
                    }
                }
            }
        }
        return result.toString();
    }

    /** XML 1.0 has no way to write the other ones. */
    private static boolean mayStand(int sign) {
        return sign == '\t'
                || sign == '\n'
                || sign >= 0x20 && sign < Character.MIN_SURROGATE
                || sign > Character.MAX_SURROGATE && sign < 0xFFFE
                || sign > 0xFFFF;
    }
}
