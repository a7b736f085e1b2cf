package org.casewire.twin.rest;

/** Twilio's error codes as far as the twin gives them: HTTP status and wording. */
public enum Refusal {
    AUTHENTICATE(20003, 401, "Authentication Error - invalid username"),
    METHOD_NOT_ALLOWED(20004, 405, "Method not allowed"),
    UNFINISHED(20009, 409, "Resource not complete: the message has not been sent yet"),
    NOT_FOUND(20404, 404, "The requested resource %s was not found"),
    TOO_MANY_REQUESTS(20429, 429, "Too Many Requests"),
    SERVER_ERROR(20500, 500, "An internal server error has occurred"),
    UNAVAILABLE(20503, 503, "Service unavailable"),
    INVALID_TO(21211, 400, "Invalid 'To' Phone Number: %s"),
    INVALID_FROM(21212, 400, "The 'From' number %s is not a valid phone number, shortcode, or alphanumeric sender ID."),
    TO_SHORT_CODE(21265, 400, "'To' number cannot be a Short Code: %s"),
    NOT_PERMITTED_REGION(
            21408,
            400,
            "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: %s."),
    INVALID_PHONE_NUMBER(21421, 400, "PhoneNumber %s is invalid"),
    NUMBER_GONE(21422, 400, "PhoneNumber %s is not available"),
    NONE_IN_AREA(21452, 400, "No phone numbers found in area code %s"),
    BODY_MISSING(21602, 400, "Message body is required."),
    FROM_MISSING(21603, 400, "A 'From' phone number is required."),
    TO_MISSING(21604, 400, "A 'To' phone number is required."),
    FOREIGN_FROM(
            21606,
            400,
            "The 'From' phone number provided (%s) is not a valid message-capable Twilio phone number"
                    + " for this destination/account"),
    INVALID_STATUS_CALLBACK(21609, 400, "The 'StatusCallback' URL %s is not a valid URL."),
    UNSUBSCRIBED(21610, 400, "Attempt to send to unsubscribed recipient"),
    QUEUE_FULL(21611, 400, "This 'From' number has exceeded the maximum number of queued messages"),
    NO_ROUTE(21612, 400, "Message cannot be sent with the current combination of 'To' (%s) and/or 'From' parameters"),
    NOT_MOBILE(21614, 400, "To number: %s, is not a mobile number"),
    BODY_TOO_LONG(21617, 400, "The concatenated message body exceeds the 1600 character limit"),
    INVALID_MEDIA(21620, 400, "Invalid media URL(s)"),
    TOO_MANY_MEDIA(21623, 400, "Number of media files exceeds allowed limit"),
    INVALID_SERVICE(21705, 400, "The Messaging Service Sid %s is invalid"),
    SERVICE_WITHOUT_SENDER(21703, 400, "The Messaging Service does not have a phone number available"),
    BAD_UPDATE(30400, 400, "Cannot update this message: give either 'Body' or 'Status'"),
    NOT_CANCELABLE(30409, 409, "Message cannot be canceled in its current state"),
    SCHEDULE_WITHOUT_SERVICE(35118, 400, "MessagingServiceSid is required to schedule a message"),
    INVALID_PARAMETER(20001, 400, "Invalid value for parameter %s");

    private final int code;
    private final int status;
    private final String message;

    Refusal(int code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    /** Twilio's code. */
    public int code() {
        return code;
    }

    String wording(String given) {
        return message.formatted(given);
    }

    /** The error; {@code given} is named in the wording. */
    public TwilioError error(String given) {
        return new TwilioError(status, code, wording(given));
    }

    /** The error. */
    public TwilioError error() {
        return error("");
    }
}
