package org.casewire.routing.document;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.routing.document.Outcome.NotNow;
import org.casewire.routing.document.Outcome.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Judges the addresses of files. What is fetched, with the site's credentials, is put together anew from the names an
 * address holds: nothing that stands in it can lead anywhere but to Twilio.
 */
@Component
@EnableConfigurationProperties({TwilioAddress.class, TwilioCredentials.class})
class TwilioMedia {

    private static final Pattern PATH = Pattern.compile(
            "/2010-04-01/Accounts/(AC[0-9a-fA-F]{32})/Messages/([\\w-]{1,64})/Media/([\\w-]{1,64})(?:\\.json)?");

    /** Twilio's own regions and edges: an account in one is named by the addresses of any. */
    private static final Pattern TWILIOS = Pattern.compile("api(?:\\.[a-z0-9-]+){0,2}\\.twilio\\.com");

    private final TwilioAddress twilio;
    private final TwilioCredentials credentials;

    TwilioMedia(TwilioAddress twilio, TwilioCredentials credentials) {
        this.twilio = twilio;
        this.credentials = credentials;
    }

    /** User and password of one try. */
    record Login(String user, String password) {

        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /** Where a file is fetched, with the logins to try one after the other. */
    record Target(URI address, List<Login> logins) {

        /** The resource itself, as it is deleted. */
        URI resource() {
            return URI.create(address + ".json");
        }
    }

    /** What is to be done about an address. */
    record Judged(Optional<Target> target, Outcome otherwise) {

        private static Judged not(Outcome outcome) {
            return new Judged(Optional.empty(), outcome);
        }
    }

    private static final Refused FOREIGN = new Refused(
            Reason.FOREIGN_ADDRESS,
            "The address is not one of Twilio's for an account of this site. Nothing was fetched from it.");

    private static final NotNow NO_CREDENTIALS = NotNow.because(
            Reason.NO_CREDENTIALS,
            "The site has no Twilio credentials. Set casewire.twilio.<site>.account-sid and .auth-tokens.");

    /** @param named the account that had the text, by Twilio's signed word */
    Judged judge(String site, String url, @Nullable String named) {
        Matcher parts = parts(url).orElse(null);
        if (parts == null) {
            return Judged.not(FOREIGN);
        }
        Account own = credentials.of(site).orElse(null);
        if (own == null || own.apiKey() == null && own.authTokens().isEmpty()) {
            return Judged.not(NO_CREDENTIALS);
        }
        List<Login> logins = logins(own, parts.group(1), named);
        URI address = URI.create(twilio.api() + "/2010-04-01/Accounts/" + parts.group(1) + "/Messages/" + parts.group(2)
                + "/Media/" + parts.group(3));
        return logins.isEmpty() ? Judged.not(FOREIGN) : new Judged(Optional.of(new Target(address, logins)), FOREIGN);
    }

    private Optional<Matcher> parts(String url) {
        try {
            URI address = new URI(url);
            if (address.getRawUserInfo() != null || address.getRawQuery() != null || !isTwilios(address)) {
                return Optional.empty();
            }
            String base = String.valueOf(twilio.twilioBaseUrl().getRawPath()).replaceAll("/+$", "");
            String path = String.valueOf(address.getRawPath());
            Matcher parts = PATH.matcher(path.startsWith(base) ? path.substring(base.length()) : path);
            return parts.matches() ? Optional.of(parts) : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private boolean isTwilios(URI address) {
        return twilio.isOriginOf(address) || isOfTwilio(twilio.twilioBaseUrl()) && isOfTwilio(address);
    }

    private static boolean isOfTwilio(URI address) {
        return "https".equalsIgnoreCase(address.getScheme())
                && address.getHost() != null
                && TWILIOS.matcher(address.getHost()).matches()
                && (address.getPort() == -1 || address.getPort() == 443);
    }

    /**
     * For the site's own account all it has. Another account counts only when the text's webhook was of it, and only with
     * that account's own name and a token the site was given besides its own: as a sub-account whose numbers call here.
     */
    private static List<Login> logins(Account own, String account, @Nullable String named) {
        if (account.equalsIgnoreCase(own.accountSid())) {
            return own.apiKey() != null
                    ? List.of(new Login(own.user(), own.password()))
                    : logins(own.accountSid(), own.authTokens().stream());
        }
        return account.equalsIgnoreCase(named)
                ? logins(account, own.authTokens().stream().skip(own.apiKey() == null ? 1 : 0))
                : List.of();
    }

    private static List<Login> logins(String user, Stream<String> passwords) {
        return passwords.map(password -> new Login(user, password)).toList();
    }
}
