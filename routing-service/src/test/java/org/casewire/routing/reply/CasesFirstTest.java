package org.casewire.routing.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.Upstream.caseRef;
import static org.casewire.routing.Upstream.casesOf;
import static org.casewire.routing.Upstream.minute;
import static org.casewire.routing.Upstream.mobile;

import java.time.Instant;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.routing.Upstream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;

@ServiceTest
class CasesFirstTest {

    private final Upstream site;
    private final KafkaListenerEndpointRegistry listeners;
    private final KafkaAdmin kafka;

    CasesFirstTest(Sites sites, JdbcClient jdbc, KafkaListenerEndpointRegistry listeners, KafkaAdmin kafka) {
        this.site = new Upstream("cases-first", sites, jdbc);
        this.listeners = listeners;
        this.kafka = kafka;
    }

    @Test
    void aReplyThatCameInDuringAPauseWaitsForTheCasesOfThatPause() throws InterruptedException {
        String client = "+14045385001";
        MessageListenerContainer cases = listeners.getListenerContainer("cases");
        MessageListenerContainer inbound = listeners.getListenerContainer("inbound");
        await().until(() -> cases.isRunning() && inbound.isRunning());
        cases.stop();
        inbound.stop();
        site.write(caseRef("MEANWHILE"), mobile(client), minute(1), minute(1));
        TestLog.write(site.text("SM-meanwhile", client, "?", Instant.now(), false));

        CasesFirst casesFirst = new CasesFirst(kafka, listeners, "routing-service");
        casesFirst.prepare();
        inbound.start();
        await().until(() -> inbound.isContainerPaused());
        assertThat(site.repliesSoFar("SM-meanwhile")).isEmpty();
        cases.start();
        assertThat(casesOf(site.replies("SM-meanwhile", 1).getFirst())).containsExactly("MEANWHILE");
        assertThat(inbound.isPauseRequested()).isFalse();
    }
}
