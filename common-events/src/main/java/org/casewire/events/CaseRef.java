package org.casewire.events;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;

/**
 * Names a case, an intake or a prescreen of the upstream.
 *
 * @param id the upstream's own id, 1 to 100 characters without {@code /}, {@code |} and control characters
 */
public record CaseRef(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Kind kind,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, pattern = "^[^/|\\u0000-\\u001F\\u007F]{1,100}$")
        String id) {

    /** What the upstream calls the matter. */
    public enum Kind {
        CASE,
        INTAKE,
        PRESCREEN
    }

    private static final Pattern ID = Pattern.compile("[^/|\\p{Cntrl}]{1,100}");

    public CaseRef {
        Required.field(kind, "kind");
        Required.field(id, "id");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id must be 1 to 100 characters without '/', '|' and control characters");
        }
    }

    /** Reads what {@link #toString} wrote. */
    public static CaseRef parse(String kindAndId) {
        int bar = kindAndId.indexOf('|');
        if (bar < 0) {
            throw new IllegalArgumentException("a case is named by its kind and its id, such as CASE|1");
        }
        return new CaseRef(Kind.valueOf(kindAndId.substring(0, bar)), kindAndId.substring(bar + 1));
    }

    @Override
    public String toString() {
        return kind + "|" + id;
    }
}
