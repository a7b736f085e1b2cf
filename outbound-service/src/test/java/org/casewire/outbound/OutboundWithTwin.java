package org.casewire.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.events.Topics;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestLog.Entry;
import org.junit.jupiter.api.AfterEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with the twin as its Twilio and three sites; all tests that extend this share one of them. */
abstract class OutboundWithTwin {

    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);

    /** Somebody whom no other test texts. */
    final String contact = "+1404538" + NUMBERS.incrementAndGet();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        settings.add("casewire.twilio-base-url", TwinPart.URL::toString);
        settings.add("casewire.public-base-url", () -> "http://127.0.0.1:9/nobody-listens");
        settings.add("casewire.twilio.demo.account-sid", () -> TwinPart.ACCOUNT);
        settings.add("casewire.twilio.demo.auth-tokens[0]", () -> TwinPart.TOKEN);
        settings.add("casewire.delivery.ask-after", () -> "2s");
        settings.add("casewire.dispatch.lease", () -> "3s");
        settings.add("casewire.dispatch.look-again", () -> "1s");
        settings.add("casewire.dispatch.hold-for", () -> "100ms");
        settings.add("casewire.dispatch.try-again-after", () -> "100ms");
        settings.add("casewire.call.connect-timeout", () -> "500ms");
        settings.add("casewire.call.timeout", () -> "2s");
        settings.add("casewire.media.allowed-origins[0]", () -> "http://127.0.0.1:1");
        settings.add("casewire.sites-file", () -> sitesFile().toString());
    }

    private static Path sitesFile() {
        try {
            Path file = Files.createTempFile(Path.of("target"), "sites", ".yaml");
            return Files.writeString(file, """
                    sites:
                      - site: demo
                        displayName: Demo Legal Aid
                        timeZone: America/New_York
                        consentPolicy: IMPLIED
                        quietHours: []
                        doubt:
                          CONVERSATION: {graceSeconds: 3, whenTwilioCannotTell: ASK}
                        quickEntries:
                          greeting: "Hello {name}"
                          reminder: "Your hearing is at {time}."
                        senders:
                          - number: "%s"
                            kind: LONG_CODE
                            ratePerSecond: 1000
                          - number: "%s"
                            ratePerSecond: 1000
                      - site: silent
                        consentPolicy: IMPLIED
                        quietHours: []
                        senders:
                          - number: "+14045387399"
                            ratePerSecond: 1000
                      - site: careful
                        quietHours: []
                        senders:
                          - number: "+14045387398"
                            ratePerSecond: 1000
                    """.formatted(TwinPart.NUMBER, TwinPart.SECOND_NUMBER));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @AfterEach
    void endFaults() {
        TwinPart.faults("{}");
    }

    final UUID request(String fields) {
        UUID id = UUID.randomUUID();
        request(id, fields);
        return id;
    }

    final void request(UUID id, String fields) {
        TestLog.write(
                Topics.SEND_QUEUE,
                "demo|" + contact,
                "SendRequested",
                "{\"messageId\":\"%s\",\"site\":\"demo\",\"to\":\"%s\"%s}".formatted(id, contact, fields));
    }

    static List<Entry> events(UUID id, int atLeast) {
        return TestLog.await(
                Topics.OUTBOUND,
                atLeast,
                entry -> id.toString().equals(entry.headers().get("ce_subject")));
    }

    static List<String> told(List<Entry> events) {
        return events.stream()
                .map(entry -> entry.json().has("status")
                        ? entry.event() + " " + entry.json().get("status").asString()
                        : entry.event())
                .toList();
    }

    static Entry rejection(UUID id) {
        return events(id, 1).getFirst();
    }
}
