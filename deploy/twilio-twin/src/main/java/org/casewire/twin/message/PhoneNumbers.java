package org.casewire.twin.message;

import java.util.Map;
import java.util.regex.Pattern;
import org.casewire.twin.number.NumberPlan;
import org.casewire.twin.rest.Refusal;

/** What Twilio makes of a 'To': E.164, or why not. */
final class PhoneNumbers {

    private static final Pattern SHORT_CODE = Pattern.compile("\\d{3,8}");
    private static final Pattern NORTH_AMERICA = Pattern.compile("\\+1[2-9]\\d{2}[2-9]\\d{6}");
    private static final Pattern ELSEWHERE = Pattern.compile("\\+[2-9]\\d{7,14}");

    // The numbers Twilio's own test credentials refuse are refused here too.
    private static final Map<String, Refusal> REFUSED = Map.of(
            "+15005550001", Refusal.INVALID_TO,
            "+15005550002", Refusal.NO_ROUTE,
            "+15005550003", Refusal.NOT_PERMITTED_REGION,
            "+15005550004", Refusal.UNSUBSCRIBED,
            "+15005550009", Refusal.NOT_MOBILE);

    private PhoneNumbers() {}

    static String recipient(String given) {
        String number = NumberPlan.international(given);
        if (SHORT_CODE.matcher(number).matches()) {
            throw Refusal.TO_SHORT_CODE.error(given);
        }
        if (!NORTH_AMERICA.matcher(number).matches()
                && !ELSEWHERE.matcher(number).matches()) {
            throw Refusal.INVALID_TO.error(given);
        }
        Refusal refusal = REFUSED.get(number);
        if (refusal != null) {
            throw refusal.error(number);
        }
        return number;
    }
}
