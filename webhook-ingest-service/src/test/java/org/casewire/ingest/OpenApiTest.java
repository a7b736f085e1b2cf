package org.casewire.ingest;

import java.util.Objects;
import org.casewire.events.contract.PublishedApi;
import org.casewire.ingest.testing.IngestTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;

@IngestTest
class OpenApiTest {

    private final RestClient http;

    OpenApiTest(@LocalServerPort int port) {
        this.http = RestClient.create("http://127.0.0.1:" + port);
    }

    @Test
    void theDocumentOfTheHttpApiIsTheCommittedOneAndBreaksNothing() {
        String document = http.get().uri("/v3/api-docs").retrieve().body(String.class);
        PublishedApi.requireUnchanged(Objects.requireNonNull(document), "webhook-ingest-service");
    }
}
