package org.casewire.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

/** What an operator sees of the front door: its metrics, and its part in a trace. */
class WatchingTests extends RunningFrontDoor {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Value("${local.management.port}")
    private int managementPort;

    private String metrics() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus");
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private List<String> counted(String labels) throws IOException, InterruptedException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("casewire_front_door_requests_seconds_count{" + labels + "}"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    @Test
    void requestsAreCountedByWhoAnsweredAndHow() throws Exception {
        get("/api/sites/demo/cases/CASE/1/messages");
        service("routing").stop();
        try {
            get("/api/sites/demo/cases/CASE/2/messages");
        } finally {
            service("routing").start();
        }
        get("/nowhere");

        assertThat(counted("reason=\"none\",service=\"routing\",status=\"2xx\""))
                .isNotEmpty();
        assertThat(counted("reason=\"SERVICE_AWAY\",service=\"routing\",status=\"5xx\""))
                .isNotEmpty();
        assertThat(counted("reason=\"NOT_FOUND\",service=\"nobody\",status=\"4xx\""))
                .isNotEmpty();
        assertThat(metrics())
                .contains("casewire_front_door_places " + (double) MOST_AT_ONCE)
                .doesNotContain("CASE/1");
    }

    @Test
    void metricsAreNotForEveryone() {
        assertThat(get("/actuator/prometheus").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"liveness", "readiness"})
    void healthIsToldWhereRequestsGo(String probe) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(get("/actuator/health/" + probe).body()).contains("UP"));
    }

    @Test
    void theTraceOfACallerGoesOnAsAStepOfTheFrontDoor() {
        send(request("/api/sites").header("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01"));
        assertThat(service("outbound").lastSeen().header("traceparent"))
                .matches("00-" + TRACE_ID + "-(?!00f067aa0ba902b7)[0-9a-f]{16}-01");
    }

    @Test
    void aTraceThatIsNotRecordedStaysSo() {
        send(request("/api/sites").header("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-00"));
        assertThat(service("outbound").lastSeen().header("traceparent")).matches("00-" + TRACE_ID + "-[0-9a-f]{16}-00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"})
    void whereThereIsNoneTheFrontDoorBeginsIt(String given) {
        HttpRequest.Builder request = request("/api/sites");
        send(given.isEmpty() ? request : request.header("traceparent", given));
        assertThat(service("outbound").lastSeen().header("traceparent"))
                .matches("00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
    }

    @Test
    void aWebhookPassesAsItCame() {
        send(request("/twilio/demo/status").POST(HttpRequest.BodyPublishers.ofString("a=b")));
        assertThat(service("ingest").lastSeen().has("traceparent")).isFalse();
    }
}
