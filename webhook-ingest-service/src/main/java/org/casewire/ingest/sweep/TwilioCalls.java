package org.casewire.ingest.sweep;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.events.site.TwilioTimes;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks Twilio, within the account's budget, and asks again when Twilio is busy or away. */
@Component
@EnableConfigurationProperties({SweepProperties.class, TwilioAddress.class})
class TwilioCalls {

    private static final int MOST_TRIES = 8;
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);
    private static final int TOO_MANY = 429;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final SweepProperties properties;
    private final Budgets budgets;
    private final MeterRegistry meters;
    private final TwilioTimes times;
    private final HttpClient http;
    private final JsonMapper json = JsonMapper.shared();

    TwilioCalls(SweepProperties properties, Clock clock, MeterRegistry meters) {
        this.properties = properties;
        this.budgets = new Budgets(clock, properties.requestsPerMinute());
        this.meters = meters;
        this.times = TwilioTimes.of(meters, "sweep");
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .build();
    }

    /**
     * A page, which is missing where Twilio does not know it.
     *
     * @throws CannotSweep when Twilio refuses, or is away for longer than it is worth waiting now
     */
    JsonNode get(Account account, URI address, Turn turn) {
        for (int tries = 1; ; tries++) {
            budgets.take(account.accountSid(), turn);
            turn.check();
            Attempt attempt = ask(account, address);
            meters.counter("casewire.sweep.requests", "outcome", attempt.outcome())
                    .increment();
            switch (attempt) {
                case Attempt.Told(JsonNode page) -> {
                    return page;
                }
                case Attempt.Refused(int status) -> {
                    if (status == NOT_FOUND) {
                        return json.missingNode();
                    }
                    throw new CannotSweep(refusal(status));
                }
                case Attempt.Busy(Duration wished) -> {
                    giveUpAfter(tries, "Twilio says that it is asked too often");
                    Duration backOff = backOff(tries);
                    budgets.rest(account.accountSid(), wished.compareTo(backOff) > 0 ? wished : backOff);
                }
                case Attempt.Away(String why) -> {
                    giveUpAfter(tries, why);
                    turn.pause(backOff(tries));
                }
            }
        }
    }

    private static void giveUpAfter(int tries, String why) {
        if (tries == MOST_TRIES) {
            throw new CannotSweep(why);
        }
    }

    private static String refusal(int status) {
        return switch (status) {
            case 401, 403 ->
                "Twilio refuses the account's credentials (" + status + "). Correct casewire.twilio.<site>.account-sid,"
                        + " .auth-tokens[0] or .api-key";
            default -> "Twilio answered " + status;
        };
    }

    private sealed interface Attempt {

        record Told(JsonNode page) implements Attempt {}

        record Refused(int status) implements Attempt {}

        record Busy(Duration wished) implements Attempt {}

        record Away(String why) implements Attempt {}

        default String outcome() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
    }

    /** While a token is being changed, only one of them may still be good. */
    private Attempt ask(Account account, URI address) {
        Attempt attempt = new Attempt.Refused(UNAUTHORIZED);
        for (String password : passwords(account)) {
            attempt = ask(address, account.user() + ':' + password);
            if (!attempt.equals(new Attempt.Refused(UNAUTHORIZED))) {
                return attempt;
            }
        }
        return attempt;
    }

    private static List<String> passwords(Account account) {
        return account.apiKey() == null ? account.authTokens() : List.of(account.password());
    }

    private Attempt ask(URI address, String credentials) {
        byte[] pair = credentials.getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(properties.timeout())
                .header("Accept", "application/json")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
                .build();
        long began = System.nanoTime();
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            times.record(answer.statusCode(), since(began));
            return read(answer);
        } catch (ConnectException never) {
            times.record("NeverSent", "none", since(began));
            return new Attempt.Away("Twilio cannot be reached");
        } catch (IOException failure) {
            times.record("Unknown", "none", since(began));
            return new Attempt.Away("the connection to Twilio broke off or took too long");
        } catch (JacksonException unreadable) {
            return new Attempt.Away("Twilio's answer is no readable JSON");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Turn.Over();
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Attempt read(HttpResponse<byte[]> answer) {
        if (answer.statusCode() == TOO_MANY) {
            return new Attempt.Busy(wished(answer));
        }
        if (answer.statusCode() >= 500) {
            return new Attempt.Away("Twilio answered " + answer.statusCode());
        }
        return answer.statusCode() == 200
                ? new Attempt.Told(json.readTree(answer.body()))
                : new Attempt.Refused(answer.statusCode());
    }

    private static Duration wished(HttpResponse<?> answer) {
        String seconds = answer.headers().firstValue("Retry-After").orElse("0");
        Duration wish = seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
        return wish.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wish;
    }

    /** Half of it is chance, so that instances do not come back together. */
    private Duration backOff(int tries) {
        long whole = Math.min(properties.backOff().toMillis() << (tries - 1), LONGEST_BACK_OFF.toMillis());
        return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }
}
