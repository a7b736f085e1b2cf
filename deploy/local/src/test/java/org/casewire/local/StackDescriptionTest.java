package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StackDescriptionTest {

    private final StackDescription description = new StackDescription(
            "http://127.0.0.1:8080",
            "http://127.0.0.1:8080",
            Map.of("ingest", new StackDescription.ServiceAddress("http://127.0.0.1:8081", 11)),
            new StackDescription.Pids(1, 2, 3, 4, 5),
            "/data/logs",
            "127.0.0.1:8086",
            new StackDescription.Postgres(
                    "postgresql://127.0.0.1:8087/postgres",
                    "jdbc:postgresql://127.0.0.1:8087/postgres",
                    "postgres",
                    "p"),
            new StackDescription.Twilio("http://127.0.0.1:8085", "AC1", "t", "+14045550199"),
            new StackDescription.Tokens("staff token", "admin token", "service token", "operator token"),
            new StackDescription.Users("maria", "sam"));

    @Test
    void otherProgramsFindEverythingUnderTheNamesOfTheContract() {
        String expected = """
                {"frontDoor": "http://127.0.0.1:8080", "publicBaseUrl": "http://127.0.0.1:8080",
                 "services": {"ingest": {"url": "http://127.0.0.1:8081", "pid": 11}},
                 "pids": {"runner": 1, "kafka": 2, "postgres": 3, "twin": 4, "frontDoor": 5},
                 "logs": "/data/logs",
                 "kafka": "127.0.0.1:8086",
                 "postgres": {"url": "postgresql://127.0.0.1:8087/postgres",
                              "jdbcUrl": "jdbc:postgresql://127.0.0.1:8087/postgres",
                              "user": "postgres", "password": "p"},
                 "twilio": {"url": "http://127.0.0.1:8085", "accountSid": "AC1", "authToken": "t",
                            "number": "+14045550199"},
                 "tokens": {"staff": "staff token", "admin": "admin token", "service": "service token",
                            "operator": "operator token"},
                 "users": {"staff": "maria", "admin": "sam"}}
                """;

        JsonMapper json = JsonMapper.shared();
        assertThat(json.readTree(description.json())).isEqualTo(json.readTree(expected));
    }

    /** The summary's commands find a token by its line. */
    @Test
    void everyTokenHasALineOfItsOwn() {
        assertThat(description.json().lines()).contains("    \"staff\" : \"staff token\",");
    }

    @Test
    void whatOpensDoorsIsNotInItsText() {
        assertThat(description.toString()).doesNotContain("token").doesNotContain("p@");
    }
}
