package org.casewire.outbound.consent;

import org.jspecify.annotations.Nullable;

/** What became of a statement. */
public enum Outcome {
    /** It is in force now. */
    MOVED(null),
    /** It waits for a person to decide; the former state holds. */
    REVIEW("A person has to decide; until then the former state holds."),
    /** Somebody who has opted in agreed again: only the categories are new. */
    AGREED_AGAIN("The number has opted in already; only the categories are taken over."),
    /** It says what the person said before. */
    SAID_BEFORE("The person has opted out already."),
    /** Something later was said before it came in. */
    OLDER("It is older than what is in force."),
    /** The person opted out, and somebody else wants to undo it. */
    NOT_THEIRS_TO_UNDO("The person opted out; only the person can undo that, by START or the opt-in form."),
    /** The same statement came before. */
    REPEATED("It was noted before.");

    private final @Nullable String remark;

    Outcome(@Nullable String remark) {
        this.remark = remark;
    }

    /** Why it is not in force, null when it is. */
    public @Nullable String remark() {
        return remark;
    }
}
