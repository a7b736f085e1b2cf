package org.casewire.outbound.text;

import org.jspecify.annotations.Nullable;

/** Words set in lines: white space is one space, and gaps are only as large as the largest one asked for. */
final class Lines {

    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final String INVISIBLE = "\u00ad\u200b\ufeff";

    private final StringBuilder out = new StringBuilder();
    private int breaks;
    private boolean space;
    private @Nullable String marker;

    void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == NO_BREAK_SPACE || Character.isWhitespace(unit)) {
                space = true;
            } else if (INVISIBLE.indexOf(unit) < 0) {
                begin();
                out.append(unit);
            }
        }
    }

    /** Keeps its spaces and line breaks. */
    void verbatim(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                lineBreak();
            } else {
                begin();
                out.append(text.charAt(i));
            }
        }
    }

    /** The next word begins an item of a list. */
    void item(String bullet) {
        line();
        marker = bullet;
    }

    void line() {
        gap(1);
    }

    void paragraph() {
        gap(2);
    }

    /** One more line, up to an empty one. */
    void lineBreak() {
        gap(Math.min(breaks + 1, 2));
    }

    private void gap(int wanted) {
        if (marker == null) {
            breaks = Math.max(breaks, wanted);
        }
    }

    private void begin() {
        if (!out.isEmpty() && breaks > 0) {
            out.append("\n".repeat(breaks));
        } else if (!out.isEmpty() && space) {
            out.append(' ');
        }
        if (marker != null) {
            out.append(marker);
        }
        breaks = 0;
        space = false;
        marker = null;
    }

    int length() {
        return out.length();
    }

    /** What was written since. */
    String since(int start) {
        return out.substring(start).strip();
    }

    String finished() {
        return out.toString();
    }
}
