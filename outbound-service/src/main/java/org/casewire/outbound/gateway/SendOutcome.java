package org.casewire.outbound.gateway;

import org.jspecify.annotations.Nullable;

/** What came of asking Twilio to send one part; asked once, never repeated on its own. */
public sealed interface SendOutcome {

    /** Twilio took it. */
    record Accepted(String sid, String status) implements SendOutcome {}

    /** Twilio will never take this one. */
    record Refused(@Nullable Integer code, String explanation) implements SendOutcome {}

    /** Twilio takes nothing from this account or sender until somebody mends its settings. */
    record Misconfigured(@Nullable Integer code, String explanation) implements SendOutcome {}

    /** Surely not processed: the connection never opened, or Twilio was too busy (429). */
    record NotProcessed(String why) implements SendOutcome {}

    /** Perhaps processed: no answer, or one that does not tell. */
    record Unknown(String why) implements SendOutcome {}
}
