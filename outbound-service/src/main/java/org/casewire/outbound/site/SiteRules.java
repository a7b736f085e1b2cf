package org.casewire.outbound.site;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.QuietHours;
import org.casewire.events.SiteDocument.Reminders;
import org.casewire.events.SiteDocument.Sender;
import org.casewire.events.Template;
import org.jspecify.annotations.Nullable;

/**
 * What a site may be set to. Checked where somebody sets it and nowhere else: what was allowed once, or is only true for
 * a while, must stay readable on the log.
 */
final class SiteRules {

    private static final int LONGEST_TEXT = 1_600;
    private static final int LONGEST_SPEECH = 4_000;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_QUIET_TIMES = 50;
    private static final int MOST_SENDERS = 1_000;
    private static final double FASTEST = 1_000_000;
    private static final long LARGEST_FILE = 1L << 30;
    private static final int MOST_DAYS = 36_500;
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(365);
    private static final Duration LONGEST_SHADOW = Duration.ofDays(7);

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern SHORT_CODE = Pattern.compile("\\d{3,8}");
    private static final Pattern SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w!#$&^.+-]{1,100}/[\\w!#$&^.+-]{1,100}");
    private static final Pattern VOICE = Pattern.compile("[\\w.-]{1,100}");
    private static final Pattern EMAIL = Pattern.compile(
            "[^\\s@,;:<>()\\[\\]\"\\\\]{1,64}@(?:[\\p{Alnum}-]{1,63}\\.)+[\\p{Alpha}][\\p{Alnum}-]{1,62}");

    private final SiteDocument site;
    private final Instant now;
    private final List<String> problems = new ArrayList<>();

    private SiteRules(SiteDocument site, Instant now) {
        this.site = site;
        this.now = now;
    }

    /** What is wrong, each with its path; empty when nothing is. */
    static List<String> problems(SiteDocument site, Instant now) {
        SiteRules rules = new SiteRules(site, now);
        rules.checkPlace();
        rules.checkSenders();
        rules.checkTimes();
        rules.checkAnswers();
        rules.checkTexts();
        rules.checkReceiving();
        return rules.problems;
    }

    private void require(boolean holds, String path, String rule) {
        if (!holds) {
            problems.add(path + " must be " + rule);
        }
    }

    private void requireText(String path, @Nullable String text, int longest) {
        boolean isText = text == null || !text.isBlank() && text.length() <= longest;
        require(isText, path, "null or a text of at most %,d characters that is not blank".formatted(longest));
    }

    private <T> void requireEach(String path, List<T> items, Predicate<T> rule, String described) {
        for (int i = 0; i < items.size(); i++) {
            require(rule.test(items.get(i)), path + "[" + i + "]", described);
        }
    }

    private void requireDistinct(String path, List<?> items) {
        require(new HashSet<>(items).size() == items.size(), path, "a list without repetitions");
    }

    private void checkPlace() {
        requireText("displayName", site.displayName(), LONGEST_NAME);
        require(COUNTRIES.contains(site.region()), "region", "a country as ISO 3166 writes it, like US");
        require(!site.regions().isEmpty(), "regions", "a list of at least one country");
        requireEach("regions", site.regions(), COUNTRIES::contains, "a country as ISO 3166 writes it, like CA");
        requireDistinct("regions", site.regions());
        require(ZONES.contains(site.timeZone().getId()), "timeZone", "an IANA time zone like America/New_York");
        require(isLanguage(site.language()), "language", "a language tag like en or es-US");
        require(!site.phoneFields().isEmpty(), "phoneFields", "a list of at least one of mobile, home and other");
        requireDistinct("phoneFields", site.phoneFields());
    }

    private static boolean isLanguage(String tag) {
        try {
            return !new Locale.Builder()
                    .setLanguageTag(tag)
                    .build()
                    .getLanguage()
                    .isEmpty();
        } catch (IllformedLocaleException notATag) {
            return false;
        }
    }

    private void checkSenders() {
        List<Sender> senders = site.senders();
        require(senders.size() <= MOST_SENDERS, "senders", "a list of at most %,d".formatted(MOST_SENDERS));
        for (int i = 0; i < senders.size(); i++) {
            Sender sender = senders.get(i);
            String path = "senders[" + i + "].";
            require(isNumber(sender), path + "number", "a number in E.164 like +14045387300, or a short code");
            require(
                    sender.messagingServiceSid() == null
                            || SERVICE.matcher(sender.messagingServiceSid()).matches(),
                    path + "messagingServiceSid",
                    "MG and 32 hexadecimal digits");
            require(
                    Double.isFinite(sender.ratePerSecond()) && sender.ratePerSecond() <= FASTEST,
                    path + "ratePerSecond",
                    "a number above 0 and at most %,.0f".formatted(FASTEST));
        }
        requireDistinct(
                "senders",
                senders.stream()
                        .map(sender -> sender.address().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static boolean isNumber(Sender sender) {
        String number = sender.number();
        Pattern form = sender.kind() == Sender.Kind.SHORT_CODE ? SHORT_CODE : NUMBER;
        return number == null || form.matcher(number).matches();
    }

    private void checkTimes() {
        if (site.workingHours() != null) {
            require(!site.workingHours().days().isEmpty(), "workingHours.days", "a list of at least one day");
            require(
                    !site.workingHours().from().equals(site.workingHours().to()),
                    "workingHours.to",
                    "another time than from");
        }
        List<QuietHours> quiet = site.quietHours();
        require(quiet.size() <= MOST_QUIET_TIMES, "quietHours", "a list of at most " + MOST_QUIET_TIMES);
        for (int i = 0; i < quiet.size(); i++) {
            require(
                    !quiet.get(i).purposes().isEmpty(),
                    "quietHours[" + i + "].purposes",
                    "left out or a list of at least one purpose");
        }
    }

    private void checkAnswers() {
        requireText("textResponse", site.textResponse(), LONGEST_TEXT);
        require(site.textResponseInterval().compareTo(LONGEST_INTERVAL) <= 0, "textResponseInterval", "PT1M to P365D");
        requireText("callResponse", site.callResponse(), LONGEST_SPEECH);
        require(
                site.callVoice() == null || VOICE.matcher(site.callVoice()).matches(),
                "callVoice",
                "null or a voice's name like Polly.Joanna");
        require(
                site.callLanguage() == null || isLanguage(site.callLanguage()),
                "callLanguage",
                "null or a language tag like en-US");
        Instant shadow = site.shadowSignatures();
        require(
                shadow == null || !shadow.isBefore(Instant.EPOCH) && !shadow.isAfter(now.plus(LONGEST_SHADOW)),
                "shadowSignatures",
                "null or a time at most 7 days ahead");
    }

    private void checkTexts() {
        requireText("reminders.text", site.reminders().text(), LONGEST_TEXT);
        requirePlaceholders("reminders.text", site.reminders().text(), Reminders.PLACEHOLDERS);
        site.notices().forEach((kind, notice) -> requireText("notices." + kind + ".text", notice.text(), LONGEST_TEXT));
    }

    /** A placeholder nothing fills would reach people as it was written. */
    private void requirePlaceholders(String path, @Nullable String text, List<String> known) {
        List<String> unknown = text == null
                ? List.of()
                : new Template(text)
                        .placeholders().stream()
                                .filter(name -> !known.contains(name))
                                .toList();
        require(
                unknown.isEmpty(),
                path,
                "a text whose placeholders are among {%s}; there is no {%s}"
                        .formatted(String.join("}, {", known), String.join("}, {", unknown)));
    }

    private void checkReceiving() {
        requireEach(
                "embedOrigins",
                site.embedOrigins(),
                SiteRules::isOrigin,
                "an https origin like https://cases.example.org, without a path");
        String email = site.unassignedEmail();
        require(
                email == null
                        || email.length() <= LONGEST_NAME
                                && EMAIL.matcher(email).matches(),
                "unassignedEmail",
                "null or an e-mail address");
        require(
                site.documents().maxBytes() <= LARGEST_FILE,
                "documents.maxBytes",
                "at most %,d".formatted(LARGEST_FILE));
        require(
                site.keepTextsDays() == null || site.keepTextsDays() <= MOST_DAYS,
                "keepTextsDays",
                "null or 1 to %,d".formatted(MOST_DAYS));
        requireEach(
                "documents.types",
                site.documents().types(),
                type -> MEDIA_TYPE.matcher(type).matches(),
                "a media type like image/png");
    }

    private static boolean isOrigin(String written) {
        return origin(written)
                .filter(origin -> "https".equals(origin.getScheme())
                        || "http".equals(origin.getScheme()) && "localhost".equals(origin.getHost()))
                .isPresent();
    }

    private static Optional<URI> origin(String written) {
        try {
            URI origin = new URI(written);
            boolean isBare = origin.getHost() != null
                    && origin.getUserInfo() == null
                    && String.valueOf(origin.getRawPath()).isEmpty()
                    && origin.getRawQuery() == null
                    && origin.getRawFragment() == null
                    && origin.getPort() <= 65_535
                    && origin.getPort() != 0;
            return isBare ? Optional.of(origin) : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }
}
