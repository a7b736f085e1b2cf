package org.casewire.notification;

import org.casewire.events.contract.Challenges;
import org.casewire.events.contract.PublishedApi;
import org.casewire.events.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class OpenApiTest {

    @Test
    void theDocumentOfTheHttpApiIsTheCommittedOneAndBreaksNothing(@LocalServerPort int port) {
        PublishedApi.requireUnchanged(port, "notification-service");
    }

    @Test
    void whoBringsNoValidTokenIsToldWhatIsWantedOnEveryAddress(@LocalServerPort int port) throws Exception {
        Challenges.requireMade(port);
    }
}
