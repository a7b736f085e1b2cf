package org.casewire.events.start;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.springframework.aot.AotDetector;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;

/**
 * Lets an image take what Spring decided when it was made ({@code deploy/compose/ahead}), unless a setting might have
 * changed that: then the start is an ordinary one, half a second longer, and a line says which setting it was. Settings of
 * Casewire's own never decide which beans there are ({@code ArchitectureTest}); those of Spring that do not are listed.
 */
final class PreparedStart implements EnvironmentPostProcessor {

    /** Beginnings of settings that are only looked at by beans that are there anyway. */
    private static final String[] DECIDE_NOTHING = {
        "logging.level.",
        "management.server.address",
        "management.server.port",
        "server.address",
        "server.port",
        "spring.application.group",
        "spring.application.json",
        "spring.application.name",
        "spring.application.pid",
        "spring.application.version",
        "spring.config.additional-location",
        "spring.config.import",
        "spring.datasource.hikari.",
        "spring.datasource.password",
        "spring.datasource.url",
        "spring.datasource.username",
        "spring.kafka.admin.",
        "spring.kafka.bootstrap-servers",
        "spring.kafka.consumer.",
        "spring.kafka.listener.",
        "spring.kafka.producer.acks",
        "spring.kafka.producer.batch-size",
        "spring.kafka.producer.properties.",
        "spring.kafka.properties.",
        "spring.kafka.security.",
        "spring.kafka.ssl.",
        "spring.lifecycle.timeout-per-shutdown-phase",
        "spring.mail.host",
        "spring.mail.password",
        "spring.mail.port",
        "spring.mail.properties.",
        "spring.mail.protocol",
        "spring.mail.username",
        "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
        "spring.security.oauth2.resourceserver.jwt.jws-algorithms",
    };

    private static final String[] DECIDE = {"logging.", "management.", "server.", "spring."};

    private final Log log;

    PreparedStart(DeferredLogFactory logs) {
        log = logs.getLog(PreparedStart.class);
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!AotDetector.useGeneratedArtifacts()) {
            return;
        }
        if (!isTheService(application)) {
            SpringProperties.setProperty(AotDetector.AOT_ENABLED, "false");
        } else {
            obstacle(environment).ifPresent(setting -> {
                SpringProperties.setProperty(AotDetector.AOT_ENABLED, "false");
                log.info("Not as it was prepared, since this might change it: " + setting
                        + ". It takes half a second longer.");
            });
        }
    }

    /** A command in the same jar has other beans, and Spring would take the service's for it. */
    static boolean isTheService(SpringApplication application) {
        return application.getAllSources().contains(application.getMainApplicationClass());
    }

    /** The first setting that might change what was decided. */
    static Optional<String> obstacle(ConfigurableEnvironment environment) {
        return hasNoPortOfItsOwn(environment)
                ? Optional.of("management.server.port")
                : environment.getPropertySources().stream()
                        // What the jar says was known.
                        .filter(source -> !source.getName().contains("class path resource"))
                        .filter(EnumerablePropertySource.class::isInstance)
                        .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
                        .filter(name -> begins(name, DECIDE) && !begins(name, DECIDE_NOTHING))
                        .findFirst();
    }

    /** Whether management shares the service's port, or has none (a negative one). */
    private static boolean hasNoPortOfItsOwn(Environment environment) {
        String management = environment.getProperty("management.server.port", "");
        return management.isBlank()
                || management.startsWith("-")
                || management.equals(environment.getProperty("server.port", "8080"));
    }

    /** Whether a setting, spelled as one of the environment or not, begins with one of these. */
    private static boolean begins(String name, String[] beginnings) {
        String letters = letters(name);
        return Stream.of(beginnings).anyMatch(beginning -> letters.startsWith(letters(beginning)));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
