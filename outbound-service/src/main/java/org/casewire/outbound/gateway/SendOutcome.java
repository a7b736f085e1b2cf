package org.casewire.outbound.gateway;

import org.jspecify.annotations.Nullable;

/** What came of asking Twilio to send one part; asked once, never repeated on its own. */
public sealed interface SendOutcome {

    /** Twilio took it. */
    record Accepted(String sid, String status) implements SendOutcome {}

    /**
     * Twilio clearly said no and kept nothing.
     *
     * @param status the HTTP status
     * @param code Twilio's error code, null when it named none
     */
    record Refused(int status, @Nullable Integer code, String explanation) implements SendOutcome {}

    /** The connection never opened. */
    record NeverSent(String why) implements SendOutcome {}

    /** Perhaps processed: no answer, or one that does not tell. */
    record Unknown(String why) implements SendOutcome {}
}
