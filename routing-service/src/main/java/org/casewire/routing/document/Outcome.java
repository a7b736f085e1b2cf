package org.casewire.routing.document;

import java.time.Duration;

/** How one try to fetch a file ended. */
sealed interface Outcome {

    /** It is here, judged, and lies in the spool. */
    record Kept(Spool.Spooled file, String type) implements Outcome {}

    /** It is not wanted, now or later. */
    record Refused(Reason reason, String detail) implements Outcome {}

    /** It never comes. */
    record Never(Reason reason, String detail) implements Outcome {}

    /**
     * It is not to be had now.
     *
     * @param wished how long at least Twilio wants to be left alone
     */
    record NotNow(Reason reason, String detail, Duration wished) implements Outcome {

        static NotNow because(Reason reason, String detail) {
            return new NotNow(reason, detail, Duration.ZERO);
        }
    }
}
