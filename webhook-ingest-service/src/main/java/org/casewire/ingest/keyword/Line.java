package org.casewire.ingest.keyword;

import java.util.regex.Pattern;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Sender;

/** What a number of ours is to the carriers: it decides which words Twilio handles by itself. */
public enum Line {
    /** Twilio opts out, opts in and helps by its default words, and answers them. */
    LONG_CODE,
    /** The same, but the network undoes an opt-out only for START and UNSTOP: YES is an everyday word. */
    TOLL_FREE,
    /** Twilio handles no word unless Advanced Opt-Out is on. */
    SHORT_CODE,
    /** WhatsApp: Twilio handles no word. */
    CHANNEL;

    private static final Pattern TOLL_FREE_NUMBER = Pattern.compile("(rcs:)?\\+1(800|833|844|855|866|877|888)\\d{7}");
    private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{3,6}");

    /** What a number is by the site's settings, else by its digits. */
    public static Line of(SiteDocument site, String number) {
        for (Sender sender : site.senders()) {
            if (number.equals(sender.number())) {
                return switch (sender.kind()) {
                    case LONG_CODE, TEN_DLC -> byItsDigits(number);
                    case TOLL_FREE -> TOLL_FREE;
                    case SHORT_CODE -> SHORT_CODE;
                };
            }
        }
        return byItsDigits(number);
    }

    private static Line byItsDigits(String number) {
        if (TOLL_FREE_NUMBER.matcher(number).matches()) {
            return TOLL_FREE;
        }
        if (SHORT_NUMBER.matcher(number).matches()) {
            return SHORT_CODE;
        }
        return number.startsWith("whatsapp:") ? CHANNEL : LONG_CODE;
    }
}
