package org.casewire.events.access;

import java.util.concurrent.CountDownLatch;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.transport.ListenerStart.BeforeListening;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A service that never gets to know what it must know first. */
@ServiceTest(onceStarted = false)
@DirtiesContext
class NotBeforeStartTest {

    private final RestTestClient http;

    NotBeforeStartTest(RestTestClient http) {
        this.http = http;
    }

    @TestConfiguration
    static class KnowsNothingYet {

        @Bean
        BeforeListening forEver() {
            return new BeforeListening() {
                @Override
                public String description() {
                    return "what never comes";
                }

                @Override
                public void prepare() throws InterruptedException {
                    new CountDownLatch(1).await();
                }
            };
        }
    }

    @Test
    void aServiceThatHasNotReadItsSitesYetSaysSo() {
        http.get()
                .uri("/api/sites/demo/things")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + TestTokens.staff("maria", "demo"))
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "1")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("STARTING");
    }
}
