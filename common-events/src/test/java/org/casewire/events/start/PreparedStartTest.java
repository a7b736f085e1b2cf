package org.casewire.events.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PreparedStartTest {

    private static final Path DEPLOY = Path.of("../deploy");
    /** What those of the services' settings begin with that are Spring's. */
    private static final Pattern IN_MANIFEST = Pattern.compile("\\b(SPRING|SERVER|MANAGEMENT|LOGGING)_[A-Z0-9_]+");

    private final StandardEnvironment environment = new StandardEnvironment() {
        @Override
        protected void customizePropertySources(MutablePropertySources sources) {}
    };

    private void set(String source, Map<String, Object> settings) {
        environment.getPropertySources().addFirst(new MapPropertySource(source, settings));
    }

    private void management() {
        set("arguments", Map.of("server.port", "8080", "management.server.port", "9090"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.mail.ssl.bundle",
                "SPRING_MAIL_JNDI_NAME",
                "spring.application.admin.enabled",
                "spring.profiles.active",
                "SPRING_PROFILES_ACTIVE",
                "spring.datasource.jndi-name",
                "spring.flyway.enabled",
                "spring.kafka.retry.topic.enabled",
                "spring.autoconfigure.exclude[0]",
                "server.ssl.bundle",
                "management.endpoints.web.exposure.include",
                "MANAGEMENT_TRACING_ENABLED",
                "springdoc.api-docs.enabled",
                "logging.config",
            })
    void aSettingThatMightDecideWhichBeansThereAreMakesTheStartAnOrdinaryOneAndIsNamed(String setting) {
        management();
        set("more", Map.of(setting, "x"));
        assertThat(PreparedStart.obstacle(environment)).contains(setting);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.datasource.url",
                "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE",
                "spring.datasource.hikari.data-source-properties.sslmode",
                "spring.application.name",
                "SPRING_APPLICATION_JSON",
                "spring.kafka.properties[sasl.mechanism]",
                "spring.mail.host",
                "SPRING_MAIL_PROPERTIES_MAIL_SMTP_STARTTLS_REQUIRED",
                "SPRING_KAFKA_SSL_KEYSTOREPASSWORD",
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWK_SET_URI",
                "logging.level.org.casewire",
                "casewire.oidc.issuer",
                "CASEWIRE_TRACING_ENDPOINT",
                "casewire.twilio.spring.account-sid",
                "PATH",
                "java.version",
            })
    void aSettingThatDecidesNothingLeavesThePreparedStart(String setting) {
        management();
        set("more", Map.of(setting, "x"));
        assertThat(PreparedStart.obstacle(environment)).isEmpty();
    }

    @Test
    void whatTheJarItselfSaysWasKnownWhenItWasPrepared() {
        management();
        set(
                "Config resource 'class path resource [application.yaml]' via location 'optional:classpath:/'",
                Map.of("spring.mvc.formcontent.filter.enabled", "false"));
        assertThat(PreparedStart.obstacle(environment)).isEmpty();
    }

    @Test
    void managementOnThePortOfTheServiceWasNotPrepared() {
        assertThat(PreparedStart.obstacle(environment)).contains("management.server.port");
        for (String port : new String[] {"8080", "-1"}) {
            set("arguments", Map.of("management.server.port", port));
            assertThat(PreparedStart.obstacle(environment)).as(port).contains("management.server.port");
        }
        management();
        assertThat(PreparedStart.obstacle(environment)).isEmpty();
    }

    @Test
    void aCommandInTheJarOfAServiceHasItsOwnBeans() {
        SpringApplication application = new SpringApplication(PreparedStartTest.class);
        application.setMainApplicationClass(PreparedStartTest.class);
        assertThat(PreparedStart.isTheService(application)).isTrue();
        application.setMainApplicationClass(PreparedStart.class);
        assertThat(PreparedStart.isTheService(application)).isFalse();
    }

    @Test
    void whatTheComposeFileAndTheManifestsSetLeavesThePreparedStart() throws IOException {
        Map<String, Object> named = new TreeMap<>();
        try (Stream<Path> files = Stream.concat(
                Stream.of(DEPLOY.resolve("compose/compose.yaml"), DEPLOY.resolve("compose/image/Dockerfile")),
                Files.walk(DEPLOY.resolve("kubernetes"))
                        .filter(file -> file.toString().matches(".*[.](yaml|env)")))) {
            for (Path file : files.toList()) {
                IN_MANIFEST.matcher(Files.readString(file)).results().forEach(match -> named.put(match.group(), "x"));
            }
        }
        assertThat(named).containsKeys("SPRING_DATASOURCE_URL", "SPRING_KAFKA_BOOTSTRAP_SERVERS", "SERVER_PORT");
        named.put("MANAGEMENT_SERVER_PORT", "9090");
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("systemEnvironment", named));
        assertThat(PreparedStart.obstacle(environment))
                .as("of " + Arrays.toString(named.keySet().toArray()))
                .isEmpty();
    }
}
