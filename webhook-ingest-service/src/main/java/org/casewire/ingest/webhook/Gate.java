package org.casewire.ingest.webhook;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.ListenerStart;
import org.casewire.events.transport.TraceParent;
import org.casewire.ingest.quarantine.Arrival;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets in what is for a known site, small enough, readable and signed with one of the site's live tokens. */
@Component
class Gate {

    /** Twilio's own limit; a text with ten pictures has a tenth of it. */
    static final int MAX_BODY = 64 * 1024;

    /** Twilio sends some fifty; sorting as many as fit into 64 kB would be a stranger's way to keep us busy. */
    static final int MOST_PARAMETERS = 1_000;

    private final Sites sites;
    private final ListenerStart start;
    private final SignatureCheck signatures;
    private final Proxies proxies;
    private final Refusals refusals;
    private final Traces traces;
    private final Clock clock;

    Gate(
            Sites sites,
            ListenerStart start,
            SignatureCheck signatures,
            Proxies proxies,
            Refusals refusals,
            Traces traces,
            Clock clock) {
        this.sites = sites;
        this.start = start;
        this.signatures = signatures;
        this.proxies = proxies;
        this.refusals = refusals;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * Reads a request for a known site.
     *
     * @throws Problem when it is refused
     * @throws InvalidForm when it broke off
     */
    Arrival arrival(String site, Kind kind, HttpServletRequest request) {
        requireKnown(site);
        return new Arrival(
                site,
                kind.name(),
                clock.instant(),
                request.getRequestURI(),
                request.getQueryString(),
                request.getHeader(Signatures.HEADER),
                request.getHeader("I-Twilio-Idempotency-Token"),
                TraceParent.valid(request.getHeader("traceparent")),
                proxies.caller(request),
                proxies.origin(request),
                body(request));
    }

    /**
     * Checks what arrived.
     *
     * @throws Problem when it is refused
     * @throws InvalidForm when it cannot be read
     */
    Webhook admit(Arrival arrival) {
        Form form = form(arrival);
        Refusal doubt = signatures.doubt(arrival, form);
        if (doubt != null && !(doubt.isOfSignature() && isShadowed(arrival.site(), arrival.at()))) {
            throw refusals.of(doubt, arrival);
        }
        if (doubt != null) {
            refusals.inShadow(doubt, arrival);
        }
        return webhook(arrival, form, doubt, false);
    }

    /**
     * Lets in what an operator vouches for.
     *
     * @throws InvalidForm when it cannot be read
     */
    Webhook admitReplayed(Arrival arrival) {
        Form form = form(arrival);
        return webhook(arrival, form, signatures.doubt(arrival, form), true);
    }

    private Webhook webhook(Arrival arrival, Form form, @Nullable Refusal doubt, boolean isReplayed) {
        return new Webhook(
                arrival.site(),
                form,
                arrival.query(),
                arrival.idempotencyToken(),
                traces.continuedBy(arrival, form),
                arrival.at(),
                doubt,
                isReplayed);
    }

    private boolean isShadowed(String site, Instant now) {
        return sites.find(site)
                .map(document -> document.shadowSignatures())
                .filter(now::isBefore)
                .isPresent();
    }

    private void requireKnown(String site) {
        if (sites.find(site).isPresent()) {
            return;
        }
        throw refusals.of(start.isReading() ? Refusal.UNKNOWN_SITE : Refusal.NOT_READY);
    }

    /** Never holds more than the limit, whether the sender says how much is coming or not. */
    private byte[] body(HttpServletRequest request) {
        long declared = request.getContentLengthLong();
        try {
            byte[] body = declared > MAX_BODY
                    ? new byte[0]
                    : request.getInputStream().readNBytes(declared < 0 ? MAX_BODY + 1 : (int) declared);
            if (declared > MAX_BODY || body.length > MAX_BODY) {
                throw refusals.of(Refusal.BODY_TOO_LARGE);
            }
            return body;
        } catch (IOException brokenOff) {
            throw new InvalidForm("The form ended before it was whole. Send it again.");
        }
    }

    private static Form form(Arrival arrival) {
        int parameters = 1;
        for (byte sign : arrival.body()) {
            parameters += sign == '&' ? 1 : 0;
        }
        if (parameters > MOST_PARAMETERS) {
            throw new InvalidForm("The form has more than 1,000 parameters. Send it as Twilio does.");
        }
        return Form.parse(arrival.body());
    }
}
