package org.casewire.outbound;

import org.casewire.events.contract.PublishedApi;
import org.casewire.events.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class OpenApiTest extends OutboundWithTwin {

    private final RestTestClient http;

    OpenApiTest(RestTestClient http) {
        this.http = http;
    }

    @Test
    void theDocumentOfTheHttpApiIsTheCommittedOneAndBreaksNothing() {
        String document = http.get()
                .uri("/v3/api-docs")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        PublishedApi.requireUnchanged(document, "outbound-service");
    }
}
