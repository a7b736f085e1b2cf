package org.casewire.ops.backlog;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What services tell of themselves, in Prometheus' text. */
final class Metrics {

    private static final Pattern QUEUE = Pattern.compile(
            "(?m)^casewire_(backlog|backlog_age_seconds)\\{[^}]*queue=\"([^\"]+)\"[^}]*} ([0-9.Ee+-]+)$");
    private static final Pattern SPOOL =
            Pattern.compile("(?m)^casewire_spool_(records|age_seconds)(?:\\{[^}]*})? ([0-9.Ee+-]+)$");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    /** @param seconds since when the oldest of it is due; empty where that is not told */
    record Waiting(long count, Optional<Long> seconds) {

        Waiting plus(Waiting other) {
            return new Waiting(
                    Math.max(count, other.count),
                    seconds.isPresent() && other.seconds.isPresent()
                            ? Optional.of(Math.max(seconds.get(), other.seconds.get()))
                            : seconds.or(other::seconds));
        }
    }

    /** By queue; empty when nobody answers there. */
    Optional<Map<String, Waiting>> read(String management) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(management.replaceFirst("/+$", "") + "/actuator/prometheus"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(parse(answer.body())) : Optional.empty();
        } catch (IOException | IllegalArgumentException nobody) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static Map<String, Waiting> parse(String text) {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, Long> ages = new TreeMap<>();
        Matcher queue = QUEUE.matcher(text);
        while (queue.find()) {
            (queue.group(1).equals("backlog") ? counts : ages).put(queue.group(2), number(queue.group(3)));
        }
        Matcher spool = SPOOL.matcher(text);
        while (spool.find()) {
            (spool.group(1).equals("records") ? counts : ages).put("spool", number(spool.group(2)));
        }
        Map<String, Waiting> waiting = new TreeMap<>();
        counts.forEach((name, count) -> waiting.put(name, new Waiting(count, Optional.ofNullable(ages.get(name)))));
        return waiting;
    }

    private static long number(String words) {
        return (long) Double.parseDouble(words);
    }
}
