package org.casewire.ingest;

import org.casewire.events.contract.Challenges;
import org.casewire.events.contract.PublishedApi;
import org.casewire.ingest.testing.IngestTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@IngestTest
class OpenApiTest {

    @Test
    void theDocumentOfTheHttpApiIsTheCommittedOneAndBreaksNothing(@LocalServerPort int port) {
        PublishedApi.requireUnchanged(port, "webhook-ingest-service");
    }

    @Test
    void whoBringsNoValidTokenIsToldWhatIsWantedOnEveryAddress(@LocalServerPort int port) throws Exception {
        Challenges.requireMade(port);
    }
}
