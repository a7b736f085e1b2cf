package org.casewire.events.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The sites' Twilio accounts: {@code casewire.twilio.<site>.account-sid}, {@code .auth-tokens[]} and {@code .api-key},
 * from environment variables or files, never from a topic or a database. Bound only where Twilio is spoken.
 */
@ConfigurationProperties("casewire")
public record TwilioCredentials(Map<String, Account> twilio) {

    public TwilioCredentials {
        twilio = twilio == null ? Map.of() : Map.copyOf(twilio);
    }

    /** The account of a site, empty when the operator gave none. */
    public Optional<Account> of(String site) {
        return Optional.ofNullable(twilio.get(site));
    }

    /**
     * One Twilio account.
     *
     * @param authTokens the live tokens, the primary one first; several during a rotation
     * @param apiKey {@code SK…:secret}, used for calls instead of the token where given
     */
    public record Account(
            String accountSid,
            List<String> authTokens,
            @Nullable String apiKey) {

        public Account {
            authTokens = authTokens == null ? List.of() : List.copyOf(authTokens);
            if (accountSid == null || !accountSid.matches("AC[0-9a-fA-F]{32}")) {
                throw new IllegalArgumentException(
                        "casewire.twilio.<site>.account-sid must be AC and 32 hexadecimal digits");
            }
        }

        /** User name of the HTTP Basic authentication Twilio wants. */
        public String user() {
            return apiKey == null ? accountSid : apiKey.substring(0, apiKey.indexOf(':'));
        }

        /** Password of the HTTP Basic authentication Twilio wants. */
        public String password() {
            return apiKey == null ? authTokens.getFirst() : apiKey.substring(apiKey.indexOf(':') + 1);
        }

        @Override
        public String toString() {
            return "Account[" + accountSid + "]";
        }
    }
}
