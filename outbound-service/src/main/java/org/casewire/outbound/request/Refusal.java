package org.casewire.outbound.request;

import org.casewire.events.RejectionReason;
import org.casewire.outbound.message.Message.Rejection;

/** The first thing that is wrong with a request; it ends the check. */
final class Refusal extends RuntimeException {

    private final transient Rejection rejection;

    Refusal(RejectionReason reason, String detail) {
        super(detail, null, false, false);
        this.rejection = new Rejection(reason, detail);
    }

    static Refusal invalid(String detail) {
        return new Refusal(RejectionReason.INVALID_REQUEST, detail);
    }

    Rejection rejection() {
        return rejection;
    }
}
