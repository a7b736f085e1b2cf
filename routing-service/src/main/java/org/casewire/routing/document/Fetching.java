package org.casewire.routing.document;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.routing.document.Outcome.Never;
import org.casewire.routing.document.Outcome.NotNow;
import org.casewire.routing.document.Outcome.Refused;
import org.casewire.routing.document.TwilioMedia.Judged;
import org.casewire.routing.document.TwilioMedia.Login;
import org.casewire.routing.document.TwilioMedia.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Fetches one file: asks Twilio with the site's credentials, and whoever Twilio sends us to without any. */
@Component
class Fetching {

    private static final int MOST_REDIRECTS = 5;
    private static final Duration LONGEST_WISH = Duration.ofMinutes(10);

    private static final NotNow NOBODY_KNOWS_THE_SITE =
            NotNow.because(Reason.UNKNOWN_SITE, "The site is not known here yet.");

    private static final Refused FORBIDDEN_REDIRECT = new Refused(
            Reason.FORBIDDEN_REDIRECT,
            "Twilio sent us on to an address that is not on the public internet, or not https. It was not followed.");

    private final Sites sites;
    private final TwilioMedia media;
    private final MediaClient client;
    private final Receiving receiving;
    private final DocumentProperties settings;

    Fetching(Sites sites, TwilioMedia media, MediaClient client, Receiving receiving, DocumentProperties settings) {
        this.sites = sites;
        this.media = media;
        this.client = client;
        this.receiving = receiving;
        this.settings = settings;
    }

    Outcome fetch(Job job) {
        SiteDocument site = sites.find(job.site()).orElse(null);
        if (site == null) {
            return NOBODY_KNOWS_THE_SITE;
        }
        Judged judged = media.judge(job.site(), job.url(), job.account());
        return judged.target()
                .map(target -> fetch(target, new Wanted(site.documents(), job.declaredType())))
                .orElse(judged.otherwise());
    }

    private Outcome fetch(Target target, Wanted wanted) {
        Deadline deadline = Deadline.in(settings.timeout());
        try {
            return fromTwilio(target, wanted, deadline);
        } catch (MediaClient.NotPublic hidden) {
            return FORBIDDEN_REDIRECT;
        } catch (Spool.NoRoom failure) {
            return NotNow.because(Reason.STORE_AWAY, "There is no room here to fetch it to. Free space on the disk.");
        } catch (IOException failure) {
            return deadline.isOver()
                    ? NotNow.because(
                            Reason.TOO_SLOW,
                            "It was not here after " + settings.timeout().toSeconds() + " seconds.")
                    : NotNow.because(
                            Reason.TWILIO_AWAY,
                            "The connection failed (" + failure.getClass().getSimpleName() + ").");
        }
    }

    /** What is wanted of a file. */
    record Wanted(SiteDocument.Documents limits, @Nullable String declaredType) {}

    private sealed interface Step {

        record Done(Outcome outcome) implements Step {}

        record Denied(int status) implements Step {}

        record SentOn(String location) implements Step {}
    }

    /** While a token is being changed, only one of them may still be good. */
    private Outcome fromTwilio(Target target, Wanted wanted, Deadline deadline) throws IOException {
        Step step = new Step.Denied(0);
        for (Login login : target.logins()) {
            step = get(target.address(), login, wanted, deadline);
            if (!(step instanceof Step.Denied)) {
                break;
            }
        }
        return switch (step) {
            case Step.Done(Outcome outcome) -> outcome;
            case Step.Denied(int status) ->
                NotNow.because(
                        Reason.NO_CREDENTIALS,
                        "Twilio refuses the site's credentials (" + status
                                + "). Correct casewire.twilio.<site>.auth-tokens or .api-key.");
            case Step.SentOn(String location) -> followed(target.address(), location, wanted, deadline);
        };
    }

    private Outcome followed(URI from, String location, Wanted wanted, Deadline deadline) throws IOException {
        URI at = from;
        String next = location;
        for (int hop = 1; hop <= MOST_REDIRECTS; hop++) {
            Optional<URI> to = client.redirect(at, next);
            if (to.isEmpty()) {
                return FORBIDDEN_REDIRECT;
            }
            at = to.get();
            switch (get(at, null, wanted, deadline)) {
                case Step.Done(Outcome outcome) -> {
                    return outcome;
                }
                case Step.Denied(int status) -> {
                    return NotNow.because(
                            Reason.NOT_FOUND, "Where Twilio sent us, it is not to be had (" + status + ").");
                }
                case Step.SentOn(String further) -> next = further;
            }
        }
        return new Never(Reason.REDIRECT_LOOP, "After " + MOST_REDIRECTS + " redirects it was still not there.");
    }

    private Step get(URI address, @Nullable Login login, Wanted wanted, Deadline deadline) throws IOException {
        HttpGet request = new HttpGet(address);
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
        if (login != null) {
            request.setHeader(HttpHeaders.AUTHORIZATION, basic(login));
        }
        return client.send(request, address, deadline, answer -> step(answer, wanted));
    }

    static String basic(Login login) {
        byte[] pair = (login.user() + ':' + login.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private Step step(ClassicHttpResponse answer, Wanted wanted) throws IOException {
        int status = answer.getCode();
        Header location = answer.getFirstHeader(HttpHeaders.LOCATION);
        return switch (status) {
            case 200 -> new Step.Done(receiving.receive(answer, wanted));
            case 301, 302, 303, 307, 308 ->
                location == null ? away(status, Duration.ZERO) : new Step.SentOn(location.getValue());
            case 401, 403 -> new Step.Denied(status);
            case 429 -> away(status, wished(answer));
            default ->
                status >= 400 && status < 500
                        ? new Step.Done(NotNow.because(Reason.NOT_FOUND, "Twilio does not have it (" + status + ")."))
                        : away(status, wished(answer));
        };
    }

    private static Step away(int status, Duration wished) {
        return new Step.Done(new NotNow(Reason.TWILIO_AWAY, "Twilio cannot give it now (" + status + ").", wished));
    }

    private static Duration wished(ClassicHttpResponse answer) {
        Header seconds = answer.getFirstHeader(HttpHeaders.RETRY_AFTER);
        if (seconds == null || !seconds.getValue().strip().matches("\\d{1,6}")) {
            return Duration.ZERO;
        }
        Duration wish = Duration.ofSeconds(Long.parseLong(seconds.getValue().strip()));
        return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
    }
}
