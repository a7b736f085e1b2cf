package org.casewire.ingest.webhook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.ingest.quarantine.Arrival;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Says whether a webhook surely comes from Twilio: signed with a live token of its site, for one of our addresses. */
@Component
@EnableConfigurationProperties({WebhookProperties.class, EdgeProperties.class, TwilioCredentials.class})
class SignatureCheck {

    /** Said to be added to a call's form after it was signed. */
    private static final Set<String> ADDED_LATE = Set.of("CallToken", "StirVerstat");

    private final List<PublicAddress> publicAddresses = new ArrayList<>();
    private final Map<String, List<SecretKeySpec>> keys;
    private final TwilioCredentials credentials;

    SignatureCheck(WebhookProperties properties, EdgeProperties edge, TwilioCredentials credentials) {
        this.publicAddresses.add(properties.publicBaseUrl());
        this.publicAddresses.addAll(edge.otherBaseUrls());
        this.credentials = credentials;
        this.keys = credentials.twilio().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, site -> keys(site.getValue())));
    }

    private static List<SecretKeySpec> keys(Account account) {
        return account.authTokens().stream()
                .filter(token -> !token.isBlank())
                .map(Signatures::key)
                .toList();
    }

    /** What is wrong with the signature; null when nothing is. */
    @Nullable
    Refusal doubt(Arrival arrival, Form form) {
        List<SecretKeySpec> live = keys.getOrDefault(arrival.site(), List.of());
        if (live.isEmpty()) {
            return Refusal.NO_CREDENTIALS;
        }
        String signature = arrival.signature();
        if (signature == null || signature.isBlank()) {
            return Refusal.SIGNATURE_MISSING;
        }
        List<String> addresses = addresses(arrival);
        boolean isGenuine = Signatures.isGenuine(signature, live, addresses, form)
                || form.names(ADDED_LATE) && Signatures.isGenuine(signature, live, addresses, form.without(ADDED_LATE));
        return isGenuine ? null : Refusal.SIGNATURE_INVALID;
    }

    private List<String> addresses(Arrival arrival) {
        if (publicAddresses.size() == 1 && arrival.forwardedOrigin() == null) {
            return publicAddresses.getFirst().spellings(arrival.path(), arrival.query());
        }
        List<String> all = new ArrayList<>();
        publicAddresses.forEach(address -> all.addAll(address.spellings(arrival.path(), arrival.query())));
        if (arrival.forwardedOrigin() != null) {
            try {
                all.addAll(PublicAddress.of(arrival.forwardedOrigin()).spellings(arrival.path(), arrival.query()));
            } catch (IllegalArgumentException noAddress) {
                return all;
            }
        }
        return all;
    }

    /** Whether a form names the site's own account; a stranger would have to know it. */
    boolean namesAccount(Arrival arrival) {
        return credentials
                .of(arrival.site())
                .filter(account -> new String(arrival.body(), StandardCharsets.ISO_8859_1)
                        .contains("AccountSid=" + account.accountSid()))
                .isPresent();
    }
}
