package org.casewire.notification.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.casewire.events.CaseRef;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.notification.AlertsOverHttp;
import org.casewire.notification.Office;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
@ExtendWith(OutputCaptureExtension.class)
class AfterAPauseTest {

    private static final String SITE = "pause";

    private final KafkaListenerEndpointRegistry listeners;
    private final Office office;
    private final AlertsOverHttp http;

    AfterAPauseTest(KafkaListenerEndpointRegistry listeners, Sites sites, RestTestClient rest) {
        this.listeners = listeners;
        this.office = Office.open(SITE, "PRIMARY", sites);
        this.http = new AlertsOverHttp(rest, SITE);
    }

    @Test
    void textsWaitForTheCasesThatWereWrittenBeforeThem(CapturedOutput output) {
        await().until(() -> listeners.getListenerContainers().stream().allMatch(MessageListenerContainer::isRunning));
        for (int pause = 1; pause <= 3; pause++) {
            listeners.getListenerContainers().forEach(MessageListenerContainer::stop);
            for (int i = 0; i < 30; i++) {
                CaseRef caseRef = Office.aCase();
                office.assigns(caseRef, "maria primary");
                office.files("Where is my case? It is secret-" + i, caseRef);
            }
            listeners.getListenerContainers().forEach(MessageListenerContainer::start);
            int all = 30 * pause;
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> http.list("maria").get("unread").asInt() == all);
        }
        assertThat(output).doesNotContain("secret-").doesNotContain("4045387319");
    }
}
