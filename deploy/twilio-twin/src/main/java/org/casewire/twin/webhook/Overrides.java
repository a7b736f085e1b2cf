package org.casewire.twin.webhook;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casewire.twin.http.Form;
import org.jspecify.annotations.Nullable;

/** Twilio's connection overrides, {@code #ct=&rt=&tt=&rc=&rp=}, with Twilio's defaults and limits. */
record Overrides(Duration connect, Duration read, Duration total, int retries, Set<RetryOn> retryOn) {

    /** What a retry policy may name. */
    enum RetryOn {
        CT,
        RT,
        STATUS_4XX,
        STATUS_5XX
    }

    static Overrides of(Form fragment) {
        return new Overrides(
                millis(fragment.given("ct"), 5_000, 10_000),
                millis(fragment.given("rt"), 15_000, 15_000),
                millis(fragment.given("tt"), 15_000, 15_000),
                number(fragment.given("rc"), 1, 0, 5),
                policy(fragment.given("rp")));
    }

    boolean retries(int status) {
        return status >= 500
                ? retryOn.contains(RetryOn.STATUS_5XX)
                : status >= 400 && retryOn.contains(RetryOn.STATUS_4XX);
    }

    private static Duration millis(@Nullable String value, int standard, int most) {
        return Duration.ofMillis(number(value, standard, 100, most));
    }

    private static int number(@Nullable String value, int standard, int least, int most) {
        return value == null || !value.matches("\\d{1,6}")
                ? standard
                : Math.clamp(Integer.parseInt(value), least, most);
    }

    private static Set<RetryOn> policy(@Nullable String value) {
        return value == null
                ? Set.of(RetryOn.CT)
                : Stream.of(value.split(",")).flatMap(Overrides::named).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<RetryOn> named(String word) {
        return switch (word) {
            case "ct" -> Stream.of(RetryOn.CT);
            case "rt" -> Stream.of(RetryOn.RT);
            case "4xx" -> Stream.of(RetryOn.STATUS_4XX);
            case "5xx" -> Stream.of(RetryOn.STATUS_5XX);
            case "all" -> Stream.of(RetryOn.values());
            default -> Stream.empty();
        };
    }
}
