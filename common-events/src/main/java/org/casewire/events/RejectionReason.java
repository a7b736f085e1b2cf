package org.casewire.events;

/** Why a message is not sent; also the machine-readable {@code code} of HTTP problem documents. */
public enum RejectionReason {
    UNKNOWN_SITE,
    INVALID_REQUEST,
    INVALID_NUMBER,
    UNSUPPORTED_COUNTRY,
    UNKNOWN_SENDER,
    CONSENT_MISSING,
    OPTED_OUT,
    TEXTING_DISABLED,
    EMAIL_ONLY,
    BODY_MISSING,
    BODY_TOO_LONG,
    TOO_MANY_MEDIA,
    INVALID_MEDIA,
    UNKNOWN_QUICK_ENTRY,
    QUICK_ENTRY_VALUE_MISSING,
    INVALID_SCHEDULE,
    EXPIRED,
    TWILIO_REFUSED
}
