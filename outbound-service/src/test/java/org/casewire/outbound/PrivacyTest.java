package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import org.casewire.events.DeliveryEvent.DeliveryReported;
import org.casewire.events.Topics;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Whatever happens to a text: neither it, nor whose it is, nor the account's token stands in the log. */
@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class PrivacyTest extends OutboundWithTwin {

    private static final String BODY = "Xylophone quartz: your hearing is on Monday";

    private final RestTestClient http;

    PrivacyTest(RestTestClient http) {
        this.http = http;
    }

    private UUID send() {
        return request(",\"body\":\"" + BODY + "\"");
    }

    private UUID sendWith(String fault) {
        TwinPart.faults("{\"create\":[{%s,\"to\":\"%s\"}]}".formatted(fault, contact));
        return send();
    }

    private void post(String json) {
        http.post()
                .uri("/api/sites/demo/messages")
                .header("Content-Type", "application/json")
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "demo")))
                .body(json)
                .exchange()
                .expectBody()
                .returnResult();
    }

    @Test
    void theLogHoldsNeitherTheTextNorTheNumberNorTheToken(CapturedOutput output) {
        UUID sent = send();
        events(sent, 2);
        events(sendWith("\"fault\":\"STATUS\",\"status\":400,\"code\":21614,\"times\":1"), 1);
        events(sendWith("\"fault\":\"STATUS\",\"status\":429,\"code\":20429,\"times\":1"), 2);
        events(sendWith("\"fault\":\"STATUS\",\"status\":401,\"code\":20003,\"times\":1"), 2);
        events(sendWith("\"fault\":\"ACCEPT_THEN_CLOSE\",\"times\":1"), 2);
        request(sent, ",\"body\":\"" + BODY + " again\"");
        TestLog.write(new DeliveryReported(
                "SMffffffffffffffffffffffffffffffff",
                "demo",
                contact,
                TwinPart.NUMBER,
                "teleported",
                null,
                sent,
                1,
                null,
                java.time.Instant.now()));
        TestLog.write(Topics.SEND_QUEUE, "demo|" + contact, "SendRequested", "{\"body\":\"" + BODY + "\"");
        post("{\"to\":\"%s\",\"body\":\"%s\"}".formatted(contact, BODY));
        post("{\"to\":\"%s\",\"body\":\"%s\",\"caseRef\":\"x\"}".formatted(contact, BODY));
        post("{\"to\":\"%s\",\"body\":\"%s".formatted(contact, BODY));
        http.get()
                .uri("/api/sites/demo/messages?to=" + contact.substring(1))
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "demo")))
                .exchange()
                .expectStatus()
                .isOk();

        TestLog.await(Topics.SEND_QUEUE + ".dlt", 2, entry -> ("demo|" + contact).equals(entry.key()));
        await().untilAsserted(() -> assertThat(output.getAll())
                .as("what is worth a line is written: this looks at the right place")
                .contains("Twilio did not process the text", "Nobody knows whether Twilio took the text")
                .contains("Twilio refuses this site's account or sender", "sent after all", "put aside"));
        for (String secret :
                List.of("Xylophone", contact, contact.substring(2), TwinPart.NUMBER.substring(2), TwinPart.TOKEN)) {
            assertThat(output.getAll()).doesNotContain(secret);
        }
    }
}
