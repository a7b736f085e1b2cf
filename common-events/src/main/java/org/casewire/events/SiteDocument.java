package org.casewire.events;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One organisation on this installation: its numbers and its settings. What is left out takes the default named here.
 *
 * @param site lower-case slug, {@code [a-z0-9-]{1,40}}
 * @param region where numbers in national form belong, ISO 3166 (US)
 * @param regions where texts may be sent (US, CA)
 * @param timeZone IANA zone of the site's own days (UTC)
 * @param senders the numbers or Messaging Services texts leave from; the first is the default
 * @param matching how replies are filed (MOST_RECENT_OUTBOUND)
 * @param phoneFields which numbers of a case are looked at, the first one is the texting number (mobile, home)
 * @param textResponse what an incoming text is answered with, null for no answer
 * @param textResponseInterval how often at most one conversation gets that answer (PT1H, at least PT1M)
 * @param alerts whose home page shows a case's alerts (PRIMARY)
 */
public record SiteDocument(
        String site,
        @Nullable String displayName,
        String region,
        List<String> regions,
        ZoneId timeZone,
        String language,
        List<Sender> senders,
        Matching matching,
        List<PhoneField> phoneFields,
        ConsentPolicy consentPolicy,
        @Nullable String textResponse,
        Duration textResponseInterval,
        Alerts alerts) {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,40}");

    /** When a number may be texted. */
    public enum ConsentPolicy {
        IMPLIED,
        RECORDED,
        DOUBLE_OPT_IN
    }

    /** Whose home page shows a case's alerts: the primary assignment's, or every current one's. */
    public enum Alerts {
        PRIMARY,
        ALL
    }

    /** The phone fields of a case. */
    public enum PhoneField {
        mobile,
        home,
        other
    }

    public SiteDocument {
        Required.field(site, "site");
        if (!SLUG.matcher(site).matches()) {
            throw new IllegalArgumentException("site must match [a-z0-9-]{1,40}");
        }
        region = region == null ? "US" : region;
        regions = regions == null ? List.of("US", "CA") : List.copyOf(regions);
        timeZone = timeZone == null ? ZoneId.of("UTC") : timeZone;
        language = language == null ? "en" : language;
        senders = senders == null ? List.of() : List.copyOf(senders);
        matching = matching == null ? Matching.MOST_RECENT_OUTBOUND : matching;
        phoneFields = phoneFields == null ? List.of(PhoneField.mobile, PhoneField.home) : List.copyOf(phoneFields);
        consentPolicy = consentPolicy == null ? ConsentPolicy.RECORDED : consentPolicy;
        textResponseInterval = textResponseInterval == null ? Duration.ofHours(1) : textResponseInterval;
        if (textResponseInterval.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("textResponseInterval must be at least PT1M");
        }
        alerts = alerts == null ? Alerts.PRIMARY : alerts;
    }

    /**
     * A number or a Messaging Service that texts leave from.
     *
     * @param number E.164; exactly one of it and {@code messagingServiceSid} is given
     * @param ratePerSecond segments a second; a picture counts 1
     */
    public record Sender(
            @Nullable String number, @Nullable String messagingServiceSid, Kind kind, double ratePerSecond) {

        /** What the carriers take the sender for. */
        public enum Kind {
            LONG_CODE,
            TOLL_FREE,
            SHORT_CODE,
            TEN_DLC
        }

        public Sender {
            if ((number == null) == (messagingServiceSid == null)) {
                throw new IllegalArgumentException("a sender has either a number or a messagingServiceSid");
            }
            kind = kind == null ? Kind.LONG_CODE : kind;
            if (ratePerSecond <= 0) {
                throw new IllegalArgumentException("ratePerSecond must be above 0");
            }
        }

        /** What Twilio is told to send from. */
        public String address() {
            return number != null ? number : String.valueOf(messagingServiceSid);
        }
    }
}
