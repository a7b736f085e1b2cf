package org.casewire.ingest.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.ingest.testing.IngestParts.SITE;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.RealParts;
import org.casewire.events.testing.TestLog.Entry;
import org.casewire.events.testing.WithRealParts;
import org.casewire.ingest.IngestApplication;
import org.casewire.ingest.testing.Call;
import org.casewire.ingest.testing.IngestParts;
import org.casewire.ingest.testing.IngestTest;
import org.casewire.ingest.testing.Published;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/** The same instance with a broker, without one, and with one again. */
@ExtendWith(OutputCaptureExtension.class)
@WithRealParts
class OutageTest {

    private static final String BODY = "does anybody keep this";
    private static final String FROM = "+14045550166";

    private final Path directory = IngestParts.newFolder();

    private ConfigurableApplicationContext instance(String kafka) {
        Map<String, Object> settings = Arrays.stream(
                        IngestTest.class.getAnnotation(SpringBootTest.class).properties())
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        settings.put("server.port", "0");
        settings.put("spring.kafka.bootstrap-servers", kafka);
        settings.put("casewire.ingest.spool.directory", directory.toString());
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(IngestApplication.class)
                .initializers(new IngestParts())
                .run(arguments.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext instance, String name) {
        return instance.getEnvironment().getRequiredProperty("local." + name + ".port", Integer.class);
    }

    private static int ready(ConfigurableApplicationContext instance) {
        return RestClient.create("http://localhost:" + port(instance, "server"))
                .get()
                .uri("/actuator/health/readiness")
                .exchange((request, response) -> response.getStatusCode().value());
    }

    private static String metrics(ConfigurableApplicationContext instance) {
        return RestClient.create("http://localhost:" + port(instance, "management"))
                .get()
                .uri("/actuator/prometheus")
                .retrieve()
                .body(String.class);
    }

    private static void text(ConfigurableApplicationContext instance, String sid) {
        HttpResponse<String> answer = Call.to(
                        "/twilio/" + SITE + "/messages", "MessageSid", sid, "From", FROM, "Body", BODY)
                .send(port(instance, "server"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<Response/>");
    }

    @Test
    void whatComesWhileKafkaIsAwayIsOnItsTopicWhenKafkaIsBack(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext before = instance(RealParts.kafka())) {
            IngestParts.publishSites();
            await().until(() ->
                    before.getBean(Sites.class).find(IngestParts.BARE_SITE).isPresent());
            await().until(() -> ready(before) == 200);
            await().until(() -> !Spools.files(directory, "sites.json").isEmpty());
        }
        try (ServerSocket mute = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
                ConfigurableApplicationContext without = instance("127.0.0.1:" + mute.getLocalPort())) {
            for (int number = 0; number < 5; number++) {
                text(without, "SMaway" + number);
            }
            await().until(() -> ready(without) == 200);
            assertThat(metrics(without))
                    .contains("casewire_spool_records 5.0", "casewire_kafka_away 1.0")
                    .containsPattern("casewire_spool_age_seconds [0-9.]+")
                    .containsPattern("casewire_spool_size_bytes [1-9]");
        }
        try (ConfigurableApplicationContext after = instance(RealParts.kafka())) {
            await().until(() -> metrics(after).contains("casewire_spool_records 0.0"));
            text(after, "SMaway5");
            List<String> sids = new Published()
                    .all().stream()
                            .filter(entry -> entry.key().equals(SITE + "|" + FROM))
                            .map(OutageTest::sid)
                            .toList();
            assertThat(sids).containsExactly("SMaway0", "SMaway1", "SMaway2", "SMaway3", "SMaway4", "SMaway5");
        }
        assertThat(output.getAll()).doesNotContain(BODY, FROM, FROM.substring(1));
    }

    private static String sid(Entry entry) {
        return String.valueOf(entry.headers().get("ce_subject"));
    }
}
