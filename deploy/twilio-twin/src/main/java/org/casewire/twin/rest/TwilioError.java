package org.casewire.twin.rest;

import org.casewire.twin.http.Json;

/** An answer in the form of Twilio's error body. */
public final class TwilioError extends RuntimeException {

    private final int status;
    private final int code;

    TwilioError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** Any status and code, as a fault asks for. */
    public static TwilioError of(int status, int code) {
        for (Refusal refusal : Refusal.values()) {
            if (refusal.code() == code) {
                return new TwilioError(status, code, refusal.wording(""));
            }
        }
        return new TwilioError(status, code, "Request refused with code " + code);
    }

    int status() {
        return status;
    }

    /** The error as an answer, where throwing it would undo what was done. */
    public Answer answer() {
        return new Answer.Json(status, Json.object(json -> {
            json.writeNumberProperty("code", code);
            json.writeStringProperty("message", getMessage());
            json.writeStringProperty("more_info", "https://www.twilio.com/docs/errors/" + code);
            json.writeNumberProperty("status", status);
        }));
    }
}
