package org.casewire.notification.reminder;

/** Where a reminder stands. */
enum State {
    /** It waits for its time. */
    PENDING,
    /** It waits, and would not leave as things stand now. */
    BLOCKED,
    /** It was asked for; Twilio does not have it yet as far as is known. */
    HANDED_OVER,
    /** Twilio has it. */
    SENT,
    /** Its time came and it did not leave. */
    NOT_SENT,
    /** It was taken back before it left. */
    DROPPED
}
