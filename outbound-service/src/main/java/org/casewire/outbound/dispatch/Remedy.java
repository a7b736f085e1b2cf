package org.casewire.outbound.dispatch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done when Twilio clearly refuses a text: the retry table. Codes, HTTP statuses and their meaning: Twilio's
 * error catalogue; a code that is not named here says something about this one text.
 */
enum Remedy {
    /** The text will never be taken. */
    REFUSE,
    /** The person opted out of this sender. */
    REFUSE_OPTED_OUT,
    /** It was not processed, and the account takes fewer calls at once. */
    SLOW_DOWN,
    /** It was not processed, and may be tried again. */
    TRY_AGAIN,
    /** The sender takes nothing until its queue is shorter or somebody mends its settings. */
    HOLD_SENDER,
    /** The account takes nothing until somebody mends its settings. */
    HOLD_SITE;

    private static final Map<Integer, Remedy> BY_CODE = Map.ofEntries(
            Map.entry(20003, HOLD_SITE), // credentials wrong or account suspended
            Map.entry(20404, HOLD_SITE), // no such account at this address
            Map.entry(20429, SLOW_DOWN), // too many calls at once, never processed
            Map.entry(21212, HOLD_SENDER), // invalid From
            Map.entry(21606, HOLD_SENDER), // From is no number of this account that can text
            Map.entry(21609, HOLD_SITE), // bad StatusCallback: the public address is wrong
            Map.entry(21610, REFUSE_OPTED_OUT),
            Map.entry(21611, HOLD_SENDER), // this From's queue is full
            Map.entry(21616, HOLD_SENDER), // From matches several numbers
            Map.entry(21619, TRY_AGAIN), // unable to create the record
            Map.entry(21703, HOLD_SENDER), // the Service has no usable sender
            Map.entry(21704, HOLD_SENDER), // the Service has no sender
            Map.entry(21705, HOLD_SENDER), // no such Service
            Map.entry(30034, HOLD_SENDER)); // not in an approved campaign

    private static final Map<Integer, Remedy> BY_STATUS =
            Map.of(401, HOLD_SITE, 403, HOLD_SITE, 404, HOLD_SITE, 408, TRY_AGAIN, 429, SLOW_DOWN);

    static Remedy of(int status, @Nullable Integer code) {
        Remedy byCode = code == null ? null : BY_CODE.get(code);
        if (byCode != null) {
            return byCode;
        }
        return status < 400 ? HOLD_SITE : BY_STATUS.getOrDefault(status, REFUSE);
    }
}
