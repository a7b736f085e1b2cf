package org.casewire.routing;

import org.casewire.events.contract.Challenges;
import org.casewire.events.contract.PublishedApi;
import org.casewire.events.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class OpenApiTest {

    @Test
    void theDocumentOfTheHttpApiIsTheCommittedOneAndBreaksNothing(@LocalServerPort int port) {
        PublishedApi.requireUnchanged(port, "routing-service");
    }

    @Test
    void whoBringsNoValidTokenIsToldWhatIsWantedOnEveryAddress(@LocalServerPort int port) throws Exception {
        Challenges.requireMade(port);
    }
}
