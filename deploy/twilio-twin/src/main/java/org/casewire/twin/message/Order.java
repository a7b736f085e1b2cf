package org.casewire.twin.message;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.casewire.twin.account.Account;
import org.casewire.twin.account.Account.MessagingService;
import org.casewire.twin.http.Form;
import org.casewire.twin.ledger.Message.Terms;
import org.casewire.twin.media.MediaFetcher;
import org.casewire.twin.number.Numbers;
import org.casewire.twin.rest.Refusal;
import org.casewire.twin.webhook.WebhookUrl;
import org.jspecify.annotations.Nullable;

/** A create request that Twilio would take, found out in the order in which Twilio complains. */
record Order(
        String to, String from, Optional<MessagingService> service, String body, List<String> mediaUrls, Terms terms) {

    private static final Pattern SENDER =
            Pattern.compile("\\+[1-9]\\d{6,14}|\\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}");
    private static final int LONGEST_BODY = 1_600;
    private static final int MOST_MEDIA = 10;
    private static final int LONGEST_VALIDITY = 36_000;

    static Order of(Form form, Account account, Numbers numbers) {
        String to = required(form, "To", Refusal.TO_MISSING);
        Optional<MessagingService> service = service(form, account);
        String from = sender(form, service);
        List<String> mediaUrls = mediaUrls(form);
        String body = body(form, mediaUrls);
        String recipient = PhoneNumbers.recipient(to);
        if (numbers.find(account, from).isEmpty()) {
            throw Refusal.FOREIGN_FROM.error(from);
        }
        if (recipient.equals(from)) {
            throw Refusal.INVALID_TO.error(to);
        }
        return new Order(recipient, from, service, body, mediaUrls, terms(form, service));
    }

    private static String required(Form form, String name, Refusal otherwise) {
        String value = form.given(name);
        if (value == null) {
            throw otherwise.error();
        }
        return value.strip();
    }

    private static Optional<MessagingService> service(Form form, Account account) {
        String sid = form.given("MessagingServiceSid");
        if (form.given("SendAt") != null && sid == null) {
            throw Refusal.SCHEDULE_WITHOUT_SERVICE.error();
        }
        return sid == null
                ? Optional.empty()
                : Optional.of(account.service(sid).orElseThrow(() -> Refusal.INVALID_SERVICE.error(sid)));
    }

    /** A Service without a From sends with its first number. */
    private static String sender(Form form, Optional<MessagingService> service) {
        if (service.isPresent() && form.given("From") == null) {
            return service.get().numbers().stream().findFirst().orElseThrow(Refusal.SERVICE_WITHOUT_SENDER::error);
        }
        String from = required(form, "From", Refusal.FROM_MISSING);
        if (!SENDER.matcher(from).matches()) {
            throw Refusal.INVALID_FROM.error(from);
        }
        return from;
    }

    private static List<String> mediaUrls(Form form) {
        List<String> urls = form.all("MediaUrl");
        if (urls.size() > MOST_MEDIA) {
            throw Refusal.TOO_MANY_MEDIA.error();
        }
        if (!urls.stream().allMatch(MediaFetcher::isAddress)) {
            throw Refusal.INVALID_MEDIA.error();
        }
        return urls;
    }

    private static String body(Form form, List<String> mediaUrls) {
        String given = form.first("Body");
        String body = given == null ? "" : given;
        if (body.isEmpty() && mediaUrls.isEmpty()) {
            throw Refusal.BODY_MISSING.error();
        }
        if (body.length() > LONGEST_BODY) {
            throw Refusal.BODY_TOO_LONG.error();
        }
        return body;
    }

    private static Terms terms(Form form, Optional<MessagingService> service) {
        String callback = form.given("StatusCallback");
        if (callback != null && !callable(callback)) {
            throw Refusal.INVALID_STATUS_CALLBACK.error(callback);
        }
        String address =
                callback == null ? service.map(MessagingService::statusCallback).orElse(null) : callback;
        return new Terms(address, validity(form.given("ValidityPeriod")));
    }

    private static boolean callable(String url) {
        return WebhookUrl.parse(url).isPresent();
    }

    private static int validity(@Nullable String seconds) {
        if (seconds == null) {
            return LONGEST_VALIDITY;
        }
        boolean fits = seconds.matches("\\d{1,5}")
                && Integer.parseInt(seconds) >= 1
                && Integer.parseInt(seconds) <= LONGEST_VALIDITY;
        if (!fits) {
            throw Refusal.INVALID_PARAMETER.error("ValidityPeriod");
        }
        return Integer.parseInt(seconds);
    }
}
