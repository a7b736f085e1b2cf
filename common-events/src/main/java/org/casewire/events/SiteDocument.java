package org.casewire.events;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param workingHours when somebody is there, in the site's zone; null when it is not said
 * @param consentPolicy when a client's number may be texted (RECORDED)
 * @param split whether the carriers join the segments of a long text or each is a text of its own (JOINED)
 * @param maxSegments how many segments one message may have on the air, 1 to 100 (20)
 * @param overlong whether a longer one is refused or cut with an ellipsis (REFUSE)
 * @param maxMedia how many pictures one message may have, 0 to 10 (10)
 * @param quietHours when texts wait, in the recipient's zone (21:00 to 08:00 for all purposes but CONVERSATION)
 * @param doubt how long an attempt nobody knows the outcome of is looked for, and what then, for every purpose
 * @param textResponse what an incoming text is answered with, null for no answer
 * @param textResponseInterval how often at most one conversation gets that answer (PT1H, at least PT1M)
 * @param callResponse what an incoming call hears; null takes no calls
 * @param callVoice Twilio's name of the voice, null for its own default
 * @param callLanguage the language of that voice, null for the site's
 * @param shadowSignatures until when a webhook with a wrong signature is taken and only counted, at most 7 days ahead
 * @param alerts whose home page shows a case's alerts (PRIMARY)
 * @param embedOrigins https origins that may show the alerts in a frame
 * @param reminders who is reminded of calendar entries, and in which words
 * @param notices which notices leave by text, and in which words
 * @param unassignedEmail who is told by e-mail of texts that no case was found for
 * @param documents which received files are kept
 * @param keepTextsDays after how many days texts lose their words and files; null for the installation's default
 */
public record SiteDocument(
        String site,
        @Nullable String displayName,
        String region,
        List<String> regions,
        ZoneId timeZone,
        String language,
        @Nullable WorkingHours workingHours,
        List<Sender> senders,
        Matching matching,
        List<PhoneField> phoneFields,
        ConsentPolicy consentPolicy,
        Split split,
        Integer maxSegments,
        Overlong overlong,
        Integer maxMedia,
        List<QuietHours> quietHours,
        Map<Purpose, Doubt> doubt,
        @Nullable String textResponse,
        Duration textResponseInterval,
        @Nullable String callResponse,
        @Nullable String callVoice,
        @Nullable String callLanguage,
        @Nullable Instant shadowSignatures,
        Alerts alerts,
        List<String> embedOrigins,
        Reminders reminders,
        Map<NoticeKind, Notice> notices,
        @Nullable String unassignedEmail,
        Documents documents,
        @Nullable Integer keepTextsDays) {

    private static final String CLOCK = "HH:mm";
    private static final String CLOCK_SHAPE = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
    private static final int MOST_SEGMENTS = 100;
    private static final int MOST_MEDIA = 10;
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

    /** How a text leaves that is longer than one segment. */
    public enum Split {
        JOINED,
        SEPARATE
    }

    /** What becomes of a text with more than {@code maxSegments} segments. */
    public enum Overlong {
        REFUSE,
        CUT
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
        split = split == null ? Split.JOINED : split;
        maxSegments = within(maxSegments, 1, MOST_SEGMENTS, 20, "maxSegments");
        overlong = overlong == null ? Overlong.REFUSE : overlong;
        maxMedia = within(maxMedia, 0, MOST_MEDIA, MOST_MEDIA, "maxMedia");
        quietHours = quietHours == null ? List.of(QuietHours.ORDINARY) : List.copyOf(quietHours);
        doubt = Doubt.completed(doubt);
        textResponseInterval = textResponseInterval == null ? Duration.ofHours(1) : textResponseInterval;
        if (textResponseInterval.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("textResponseInterval must be at least PT1M");
        }
        alerts = alerts == null ? Alerts.PRIMARY : alerts;
        embedOrigins = embedOrigins == null ? List.of() : List.copyOf(embedOrigins);
        reminders = reminders == null ? new Reminders(false, false, null) : reminders;
        notices = Notice.completed(notices);
        documents = documents == null ? new Documents(Documents.TEN_MEBIBYTES, Documents.ORDINARY) : documents;
        if (keepTextsDays != null && keepTextsDays < 1) {
            throw new IllegalArgumentException("keepTextsDays must be null or at least 1");
        }
    }

    private static Integer within(@Nullable Integer value, int least, int most, int otherwise, String field) {
        int chosen = value == null ? otherwise : value;
        if (chosen < least || chosen > most) {
            throw new IllegalArgumentException(field + " must be " + least + " to " + most);
        }
        return chosen;
    }

    /**
     * When somebody is there to answer.
     *
     * @param from when it begins
     * @param to when it ends, another time than {@code from}; before it, it ends on the next day
     */
    public record WorkingHours(
            Set<DayOfWeek> days,

            @Schema(implementation = String.class, pattern = CLOCK_SHAPE, requiredMode = Schema.RequiredMode.REQUIRED)
            @JsonFormat(pattern = CLOCK)
            LocalTime from,

            @Schema(implementation = String.class, pattern = CLOCK_SHAPE, requiredMode = Schema.RequiredMode.REQUIRED)
            @JsonFormat(pattern = CLOCK)
            LocalTime to) {
        public WorkingHours {
            Required.field(from, "from");
            Required.field(to, "to");
            days = days == null ? EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY) : days;
        }
    }

    /**
     * A daily time in which texts of some purposes wait for its end, in the recipient's zone.
     *
     * @param from when it begins
     * @param to when it ends; before {@code from} it ends on the next day
     * @param purposes which texts wait; left out means all but CONVERSATION
     */
    public record QuietHours(
            @Schema(implementation = String.class, pattern = CLOCK_SHAPE, requiredMode = Schema.RequiredMode.REQUIRED)
            @JsonFormat(pattern = CLOCK)
            LocalTime from,

            @Schema(implementation = String.class, pattern = CLOCK_SHAPE, requiredMode = Schema.RequiredMode.REQUIRED)
            @JsonFormat(pattern = CLOCK)
            LocalTime to,

            Set<Purpose> purposes) {

        static final QuietHours ORDINARY = new QuietHours(
                LocalTime.of(21, 0), LocalTime.of(8, 0), EnumSet.complementOf(EnumSet.of(Purpose.CONVERSATION)));

        public QuietHours {
            Required.field(from, "from");
            Required.field(to, "to");
            if (from.equals(to)) {
                throw new IllegalArgumentException("from and to of quietHours must differ");
            }
            purposes = purposes == null
                    ? Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Purpose.CONVERSATION)))
                    : Collections.unmodifiableSet(
                            purposes.isEmpty() ? EnumSet.noneOf(Purpose.class) : EnumSet.copyOf(purposes));
        }
    }

    /**
     * What is done about an attempt that may or may not have reached Twilio.
     *
     * @param graceSeconds how long after the attempt Twilio's list may still hide the text; only then is it sent again
     * @param whenTwilioCannotTell whether a person is asked, or the text is sent again while it is useful
     */
    public record Doubt(Integer graceSeconds, WhenTwilioCannotTell whenTwilioCannotTell) {

        private static final int ORDINARY_GRACE = 30;

        /** Who decides when Twilio's list cannot be read, or shows more than one text it could be. */
        public enum WhenTwilioCannotTell {
            ASK,
            RESEND
        }

        public Doubt {
            graceSeconds = within(graceSeconds, 1, 86_400, ORDINARY_GRACE, "graceSeconds");
            whenTwilioCannotTell = whenTwilioCannotTell == null ? WhenTwilioCannotTell.ASK : whenTwilioCannotTell;
        }

        /** A person's own words are worth a question; what a clock sends can be said twice rather than never. */
        private static Map<Purpose, Doubt> completed(@Nullable Map<Purpose, Doubt> given) {
            Map<Purpose, Doubt> all = new EnumMap<>(Purpose.class);
            for (Purpose purpose : Purpose.values()) {
                all.put(
                        purpose,
                        new Doubt(
                                ORDINARY_GRACE,
                                purpose == Purpose.CONVERSATION
                                        ? WhenTwilioCannotTell.ASK
                                        : WhenTwilioCannotTell.RESEND));
            }
            if (given != null) {
                given.forEach(
                        (key, own) -> all.merge(key, own == null ? all.get(key) : own, (usual, chosen) -> chosen));
            }
            return Collections.unmodifiableMap(all);
        }
    }

    /**
     * Who is reminded of calendar entries.
     *
     * @param text the words with their placeholders, null for the default ones
     */
    public record Reminders(
            boolean attendees, boolean clients, @Nullable String text) {

        /** What a site's own words may name: values of the entry, of whoever is reminded, and the site's name. */
        public static final List<String> PLACEHOLDERS =
                List.of("title", "location", "kind", "date", "time", "zone", "case", "name", "site");
    }

    /** The notices that can be switched. */
    public enum NoticeKind {
        MESSAGE_POSTED_CLIENT,
        MESSAGE_POSTED_STAFF,
        EVENT_STARTED_CLIENT,
        SERVICE_REQUESTED_MANAGERS,
        SERVICE_CHANGE_REQUESTED_MANAGERS,
        SERVICE_CANCEL_REQUESTED_MANAGERS,
        STAFF_LATE_SELF,
        STAFF_LATE_MANAGERS
    }

    /** Whether a notice leaves by text; the words with their placeholders, null for the default ones. */
    public record Notice(boolean on, @Nullable String text) {

        private static Map<NoticeKind, Notice> completed(@Nullable Map<NoticeKind, Notice> given) {
            Map<NoticeKind, Notice> all = new EnumMap<>(NoticeKind.class);
            Arrays.stream(NoticeKind.values()).forEach(kind -> all.put(kind, new Notice(false, null)));
            if (given != null) {
                given.forEach(
                        (key, own) -> all.merge(key, own == null ? all.get(key) : own, (usual, chosen) -> chosen));
            }
            return Collections.unmodifiableMap(all);
        }
    }

    /**
     * Which received files are kept.
     *
     * @param maxBytes larger ones are refused (10 MiB)
     * @param types media types that are kept
     */
    public record Documents(Long maxBytes, List<String> types) {

        private static final long TEN_MEBIBYTES = 10L * 1024 * 1024;
        private static final List<String> ORDINARY = List.of(
                "image/jpeg",
                "image/png",
                "image/gif",
                "image/heic",
                "image/webp",
                "application/pdf",
                "text/vcard",
                "audio/amr",
                "audio/mpeg",
                "audio/mp4",
                "video/mp4",
                "video/3gpp",
                "video/quicktime");

        public Documents {
            maxBytes = maxBytes == null ? TEN_MEBIBYTES : maxBytes;
            if (maxBytes < 1) {
                throw new IllegalArgumentException("maxBytes must be above 0");
            }
            types = types == null ? ORDINARY : List.copyOf(types);
        }
    }

    /**
     * A number or a Messaging Service that texts leave from.
     *
     * @param number E.164; exactly one of it and {@code messagingServiceSid} is given
     * @param ratePerSecond segments a second, a picture counts 1; left out means what its kind is usually given
     */
    public record Sender(
            @Nullable String number, @Nullable String messagingServiceSid, Kind kind, Double ratePerSecond) {

        /** What the carriers take the sender for, with the segments a second they usually give (Twilio, "Understanding Twilio rate limits"). */
        public enum Kind {
            LONG_CODE(1),
            TOLL_FREE(3),
            SHORT_CODE(100),
            TEN_DLC(1);

            private final double usualRate;

            Kind(double usualRate) {
                this.usualRate = usualRate;
            }
        }

        public Sender {
            if ((number == null) == (messagingServiceSid == null)) {
                throw new IllegalArgumentException("a sender has either a number or a messagingServiceSid");
            }
            kind = kind == null ? Kind.LONG_CODE : kind;
            ratePerSecond = ratePerSecond == null ? kind.usualRate : ratePerSecond;
            if (!(ratePerSecond > 0)) {
                throw new IllegalArgumentException("ratePerSecond must be above 0");
            }
        }

        /** What Twilio is told to send from. */
        public String address() {
            return number != null ? number : String.valueOf(messagingServiceSid);
        }
    }
}
