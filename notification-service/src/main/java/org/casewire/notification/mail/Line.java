package org.casewire.notification.mail;

/**
 * Where e-mails of one kind go, one after the other.
 *
 * @param site empty for the operator's
 */
record Line(String site, Kind kind) {

    private static final String OPERATOR = "";

    /** What e-mails are about. */
    enum Kind {
        UNASSIGNED,
        DEAD_LETTER
    }

    static Line ofTheOperator(Kind kind) {
        return new Line(OPERATOR, kind);
    }

    boolean isTheOperators() {
        return site.equals(OPERATOR);
    }

    /** For meters. */
    String tag() {
        return switch (kind) {
            case UNASSIGNED -> "unassigned";
            case DEAD_LETTER -> "dead_letter";
        };
    }
}
