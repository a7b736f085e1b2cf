package org.casewire.twin.webhook;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;
import org.casewire.twin.http.Form;
import org.casewire.twin.webhook.Overrides.RetryOn;
import org.casewire.twin.webhook.WebhookOutcome.Answered;
import org.casewire.twin.webhook.WebhookOutcome.Unanswered;
import org.jspecify.annotations.Nullable;

/**
 * Calls webhooks as Twilio does. By default a call is repeated once, and only when no connection came about; no answer
 * in time, a broken connection, a 4xx or a 5xx are final unless the address's fragment says otherwise.
 */
public final class Webhooks {

    private static final int RETRIEVAL_FAILED = 11200;
    private static final int CONNECTION_FAILED = 11205;
    private static final int ANSWER_TOO_LONG = 11750;
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final long CONNECT_TIMEOUT_STEP_MILLIS = 100;

    /** One webhook to call. */
    public record Call(WebhookUrl url, boolean get, Form form, SecretKeySpec key, Product product) {}

    /** Which of Twilio's products calls: they sign differently. */
    public enum Product {
        MESSAGING,
        VOICE
    }

    private enum Failure {
        CONNECT,
        READ,
        BROKEN
    }

    private record Attempt(WebhookOutcome outcome, boolean again) {}

    private final Clock clock;
    private final @Nullable Detour detour;
    private final Map<Long, HttpClient> clients = new ConcurrentHashMap<>();

    /** Times the totals by this clock, and takes the detour where there is one. */
    public Webhooks(Clock clock, @Nullable Detour detour) {
        this.clock = clock;
        this.detour = detour;
    }

    /** Makes ready what the first call would otherwise wait for. */
    public void prepare() {
        client(Overrides.of(new Form()).connect());
    }

    /** Calls and waits for the outcome, retries included. */
    public WebhookOutcome call(Call call) {
        Overrides overrides = call.url().overrides();
        Instant end = clock.instant().plus(overrides.total());
        HttpRequest.Builder request = request(call);
        Attempt attempt = new Attempt(new Unanswered(CONNECTION_FAILED), true);
        for (int tries = 0; tries <= overrides.retries() && attempt.again(); tries++) {
            Duration left = Duration.between(clock.instant(), end);
            if (left.toMillis() <= 0) {
                break;
            }
            attempt = attempt(request, overrides, left);
        }
        return attempt.outcome();
    }

    private Attempt attempt(HttpRequest.Builder request, Overrides overrides, Duration left) {
        Duration patience = left.compareTo(overrides.read()) < 0 ? left : overrides.read();
        try {
            HttpResponse<byte[]> response = client(overrides.connect())
                    .send(
                            request.timeout(patience).build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
            String contentType = response.headers().firstValue("Content-Type").orElse("");
            Answered answered = new Answered(response.statusCode(), contentType, response.body());
            return new Attempt(answered, overrides.retries(answered.status()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Attempt(new Unanswered(RETRIEVAL_FAILED), false);
        } catch (IOException e) {
            return failed(e, overrides);
        }
    }

    private static Attempt failed(IOException cause, Overrides overrides) {
        return switch (failure(cause)) {
            case CONNECT ->
                new Attempt(
                        new Unanswered(CONNECTION_FAILED), overrides.retryOn().contains(RetryOn.CT));
            case READ ->
                new Attempt(
                        new Unanswered(RETRIEVAL_FAILED), overrides.retryOn().contains(RetryOn.RT));
            case BROKEN -> new Attempt(new Unanswered(tooLong(cause) ? ANSWER_TOO_LONG : RETRIEVAL_FAILED), false);
        };
    }

    private static Failure failure(IOException cause) {
        return switch (cause) {
            case ConnectException _, HttpConnectTimeoutException _, SSLException _ -> Failure.CONNECT;
            case HttpTimeoutException _ -> Failure.READ;
            default -> Failure.BROKEN;
        };
    }

    private static boolean tooLong(IOException cause) {
        return String.valueOf(cause.getMessage()).contains("body exceeds capacity");
    }

    private HttpRequest.Builder request(Call call) {
        WebhookUrl url = call.get() ? call.url().withQuery(call.form()) : call.url();
        Form signedForm = call.get() ? new Form() : call.form();
        String signed = switch (call.product()) {
            case MESSAGING -> url.signedForMessages();
            case VOICE -> url.signedForCalls();
        };
        HttpRequest.Builder request = HttpRequest.newBuilder(detour == null ? url.target() : detour.of(url.target()))
                .header("X-Twilio-Signature", Signature.of(call.key(), signed, signedForm))
                .header("I-Twilio-Idempotency-Token", UUID.randomUUID().toString())
                .header("X-Home-Region", "us1")
                .header("User-Agent", "TwilioProxy/1.1")
                .header("Accept", "*/*");
        url.authorization().ifPresent(value -> request.header("Authorization", value));
        return call.get()
                ? request.GET()
                : request.header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                        .POST(BodyPublishers.ofString(signedForm.encoded()));
    }

    // The connect time-out belongs to a client, so there is one for each that is asked for.
    private HttpClient client(Duration connect) {
        long steps = Math.ceilDiv(connect.toMillis(), CONNECT_TIMEOUT_STEP_MILLIS);
        return clients.computeIfAbsent(
                steps,
                _ -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(Duration.ofMillis(steps * CONNECT_TIMEOUT_STEP_MILLIS))
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build());
    }

    /** Ends what is still being called. */
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }
}
