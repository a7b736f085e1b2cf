package org.casewire.ingest.webhook;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.events.transport.ListenerStart;
import org.casewire.events.transport.TraceParent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Lets in what is for a known site, small enough, readable and signed with one of the site's live tokens. */
@Component
@EnableConfigurationProperties({WebhookProperties.class, TwilioCredentials.class})
class Gate {

    /** Twilio's own limit; a text with ten pictures has a tenth of it. */
    static final int MAX_BODY = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    private final Sites sites;
    private final ListenerStart start;
    private final PublicAddress publicAddress;
    private final Map<String, List<SecretKeySpec>> keys;
    private final Refusals refusals;
    private final Clock clock;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    Gate(
            Sites sites,
            ListenerStart start,
            WebhookProperties properties,
            TwilioCredentials credentials,
            Refusals refusals,
            Clock clock) {
        this.sites = sites;
        this.start = start;
        this.publicAddress = properties.publicBaseUrl();
        this.keys = credentials.twilio().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, site -> keys(site.getValue())));
        this.refusals = refusals;
        this.clock = clock;
    }

    private static List<SecretKeySpec> keys(Account account) {
        return account.authTokens().stream()
                .filter(token -> !token.isBlank())
                .map(Signatures::key)
                .toList();
    }

    /**
     * Reads and checks a request.
     *
     * @throws Problem when it is refused
     * @throws InvalidForm when it cannot be read
     */
    Webhook admit(String site, Kind kind, HttpServletRequest request) {
        requireKnown(site);
        Form form = Form.parse(body(request));
        requireGenuine(site, form, request);
        return new Webhook(
                site,
                form,
                request.getQueryString(),
                request.getHeader("I-Twilio-Idempotency-Token"),
                TraceParent.carriedOrNew(Optional.ofNullable(request.getHeader("traceparent"))),
                clock.instant(),
                null,
                false);
    }

    private void requireKnown(String site) {
        if (sites.find(site).isPresent()) {
            return;
        }
        if (!start.health().getStatus().equals(Status.UP)) {
            throw refusals.of(Refusal.NOT_READY, "The sites are not known yet. Try again in a few seconds.");
        }
        throw refusals.of(
                Refusal.UNKNOWN_SITE,
                "There is no site of the name in this address. Correct the webhook address of the Twilio number.");
    }

    /** Never holds more than the limit, whether the sender says how much is coming or not. */
    private byte[] body(HttpServletRequest request) {
        long declared = request.getContentLengthLong();
        try {
            byte[] body = declared > MAX_BODY
                    ? new byte[0]
                    : request.getInputStream().readNBytes(declared < 0 ? MAX_BODY + 1 : (int) declared);
            if (declared > MAX_BODY || body.length > MAX_BODY) {
                throw refusals.of(Refusal.BODY_TOO_LARGE, "The form is larger than 64 kB. Send a smaller one.");
            }
            return body;
        } catch (IOException brokenOff) {
            throw new InvalidForm("The form ended before it was whole. Send it again.");
        }
    }

    private void requireGenuine(String site, Form form, HttpServletRequest request) {
        List<SecretKeySpec> live = keys.getOrDefault(site, List.of());
        if (live.isEmpty()) {
            throw withoutCredentials(site);
        }
        String signature = request.getHeader(Signatures.HEADER);
        if (signature == null || signature.isBlank()) {
            throw refusals.of(Refusal.SIGNATURE_MISSING, "The header X-Twilio-Signature is missing.");
        }
        List<String> addresses = publicAddress.spellings(request.getRequestURI(), request.getQueryString());
        if (!Signatures.isGenuine(signature, live, addresses, form)) {
            throw refusals.of(
                    Refusal.SIGNATURE_INVALID,
                    "X-Twilio-Signature does not fit this address and form. Check casewire.public-base-url against the"
                            + " address set at Twilio, and casewire.twilio.<site>.auth-tokens against the account.");
        }
    }

    private Problem withoutCredentials(String site) {
        if (warned.add(site)) {
            log.atWarn()
                    .addKeyValue("site", site)
                    .log("Webhooks of a site without Twilio credentials are refused;"
                            + " set casewire.twilio.<site>.account-sid and .auth-tokens");
        }
        return refusals.of(
                Refusal.NO_CREDENTIALS, "This site has no Twilio credentials here, so nothing can be verified.");
    }
}
