package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Properties;
import org.casewire.local.cache.Cache;
import org.casewire.local.kafka.Broker;
import org.casewire.local.postgres.Cluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SettingsTest {

    @TempDir
    Path data;

    private Secrets secrets;
    private Settings settings;

    @BeforeEach
    void settings() throws IOException {
        secrets = new Secrets(data.resolve("secrets.properties"));
        Cluster postgres = new Cluster(data, new Cache(data), data, 8087, secrets.postgresPassword());
        settings = new Settings(
                data.resolve("config"),
                new Addresses(8080),
                new Broker(data, 8086, 8096),
                postgres.databases(),
                secrets,
                null);
    }

    @Test
    void everyServiceListensOnThisMachineOnlyAndKnowsTheOthers() throws IOException {
        for (Service service : Service.values()) {
            assertThat(read(settings.of(service)))
                    .containsEntry("server.address", "127.0.0.1")
                    .containsEntry("server.port", Integer.toString(service.port.above(8080)))
                    .containsEntry("management.server.address", "127.0.0.1")
                    .containsEntry("management.server.port", Integer.toString(service.managementPort.above(8080)))
                    .containsEntry("spring.kafka.bootstrap-servers", "127.0.0.1:8086")
                    .containsEntry("casewire.oidc.issuer", "http://127.0.0.1:8080");
        }
    }

    @Test
    void theFrontDoorTellsItsMetricsOnAPortOfItsOwn() throws IOException {
        assertThat(read(settings.ofFrontDoor(data.resolve("keys.json"))))
                .containsEntry("management.server.address", "127.0.0.1")
                .containsEntry("management.server.port", "8095");
    }

    @Test
    void eachDatabaseIsReachedByARoleOfItsOwn() throws IOException {
        assertThat(read(settings.of(Service.ROUTING)))
                .containsEntry("spring.datasource.url", "jdbc:postgresql://127.0.0.1:8087/casewire_routing")
                .containsEntry("spring.datasource.username", "casewire_routing")
                .containsEntry("spring.datasource.password", secrets.databasePassword("casewire_routing"));
        assertThat(read(settings.of(Service.INGEST))).doesNotContainKey("spring.datasource.url");
    }

    @Test
    void twilioIsTheTwinForThoseThatSpeakToIt() throws IOException {
        for (Service service : new Service[] {Service.INGEST, Service.OUTBOUND, Service.ROUTING}) {
            assertThat(read(settings.of(service)))
                    .containsEntry("casewire.public-base-url", "http://127.0.0.1:8080")
                    .containsEntry("casewire.twilio-base-url", "http://127.0.0.1:8085")
                    .containsEntry("casewire.twilio.demo.account-sid", secrets.twilioAccountSid())
                    .containsEntry("casewire.twilio.demo.auth-tokens[0]", secrets.twilioAuthToken());
        }
        assertThat(read(settings.of(Service.NOTIFICATION)).stringPropertyNames())
                .noneMatch(name -> name.startsWith("casewire.twilio"));
    }

    @Test
    void missedTextsAreLookedForSoonerThanInProduction() throws IOException {
        assertThat(read(settings.of(Service.INGEST)))
                .containsEntry("casewire.ingest.sweep.interval", "20s")
                .containsEntry("casewire.ingest.sweep.settle", "5s");
    }

    @Test
    void receivedFilesAreKeptWithTheOtherDataAndNotWaitedForAsLongAsInProduction() throws IOException {
        assertThat(read(settings.of(Service.ROUTING)))
                .containsEntry(
                        "casewire.documents.folder", data.resolve("documents").toString())
                .containsEntry("casewire.documents.not-found-for", "45s");
    }

    @Test
    void theTwinHasTheAccountAndTheNumberOfTheDemoSite() throws IOException {
        JsonNode account = JsonMapper.shared()
                .readTree(Files.readString(settings.ofTwin()))
                .at("/accounts/0");

        assertThat(account.path("sid").asString())
                .isEqualTo(secrets.twilioAccountSid())
                .matches("AC[0-9a-f]{32}");
        assertThat(account.path("authToken").asString()).isEqualTo(secrets.twilioAuthToken());
        assertThat(account.at("/numbers/0/number").asString()).isEqualTo("+14045550199");
        assertThat(account.at("/numbers/0/smsUrl").asString()).isEqualTo("http://127.0.0.1:8080/twilio/demo/messages");
    }

    @Test
    void passwordsStayTheSameFromRunToRun() throws IOException {
        Secrets later = new Secrets(data.resolve("secrets.properties"));

        assertThat(later.postgresPassword()).isEqualTo(secrets.postgresPassword());
        assertThat(secrets.signInPassword("maria"))
                .isEqualTo(new Secrets(data.resolve("secrets.properties")).signInPassword("maria"))
                .matches("[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}");
    }

    @Test
    void whatHoldsASecretIsReadByItsOwnerAlone() throws IOException {
        for (Path file : new Path[] {
            data.resolve("secrets.properties"),
            settings.of(Service.OUTBOUND),
            settings.ofTwin(),
            settings.ofFrontDoor(data.resolve("keys.json"))
        }) {
            assertThat(Files.getPosixFilePermissions(file))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }
}
