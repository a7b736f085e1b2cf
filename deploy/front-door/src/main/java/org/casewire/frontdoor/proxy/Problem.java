package org.casewire.frontdoor.proxy;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Why the front door answers in a service's place, as an RFC 9457 document. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        int status,
        String title,
        String code,
        String detail,
        @Nullable String service) {

    static Problem nothingHere() {
        return new Problem(404, "Not Found", "NOT_FOUND", "Nothing answers at this address. Check the path.", null);
    }

    static Problem unreadable() {
        return new Problem(
                400,
                "Bad Request",
                "INVALID_REQUEST",
                "The address or a header holds characters that must be percent-encoded.",
                null);
    }

    static Problem busy() {
        return new Problem(
                503,
                "Service Unavailable",
                "BUSY",
                "Too many requests are open at once; nothing was done. Ask again in a moment.",
                null);
    }

    static Problem away(Service service) {
        return new Problem(
                503,
                "Service Unavailable",
                "SERVICE_AWAY",
                "The " + service.label() + " service does not answer; nothing was done. Ask again in a moment.",
                service.label());
    }

    static Problem slow(Service service) {
        return new Problem(
                504,
                "Gateway Timeout",
                "SERVICE_SLOW",
                "The " + service.label() + " service took too long; what was asked may still be done.",
                service.label());
    }

    static Problem brokeOff(Service service) {
        return new Problem(
                502,
                "Bad Gateway",
                "SERVICE_BROKE_OFF",
                "The " + service.label()
                        + " service broke off before it answered; what was asked may have been done."
                        + " Ask again with the same id.",
                service.label());
    }
}
