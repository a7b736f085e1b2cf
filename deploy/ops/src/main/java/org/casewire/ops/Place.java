package org.casewire.ops;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where Casewire runs: the description of a running local stack, a broker's address, or a Kafka client's properties. */
public final class Place {

    private static final String ANSWERS_WITHIN_MS = "20000";

    @Option(
            names = "--stack",
            paramLabel = "FILE",
            description = "the running local stack, as deploy/local/run describes it"
                    + " (the default where nothing else is named: deploy/local/target/stack.json)")
    @Nullable
    Path stack;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "a Kafka broker; compose publishes localhost:9094")
    @Nullable
    String bootstrap;

    @Option(
            names = "--properties",
            paramLabel = "FILE",
            defaultValue = "${env:CASEWIRE_OPS_PROPERTIES}",
            description = "settings of a Kafka client, for a broker that asks who comes"
                    + " (default: the file that CASEWIRE_OPS_PROPERTIES names)")
    @Nullable
    Path properties;

    /** The running local stack, when that is where Casewire runs. */
    public Optional<JsonNode> description() {
        if (stack != null) {
            return Optional.of(read(stack));
        }
        String usual = System.getenv("CASEWIRE_OPS_DEFAULT_STACK");
        return bootstrap == null && properties == null && usual != null && Files.exists(Path.of(usual))
                ? Optional.of(read(Path.of(usual)))
                : Optional.empty();
    }

    private static JsonNode read(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException | JacksonException unreadable) {
            throw new Failed(
                    "--stack: " + file + " cannot be read. It is there while deploy/local/run runs.", unreadable);
        }
    }

    /**
     * The settings of a Kafka client that reaches the broker.
     *
     * @throws Failed when none is named, or none answers
     */
    public Properties kafka() {
        Properties settings = new Properties();
        settings.setProperty("request.timeout.ms", "10000");
        settings.setProperty("default.api.timeout.ms", ANSWERS_WITHIN_MS);
        if (properties != null) {
            try (Reader reader = Files.newBufferedReader(properties)) {
                settings.load(reader);
            } catch (IOException unreadable) {
                throw new Failed("--properties: " + properties + " cannot be read.", unreadable);
            }
        }
        description()
                .ifPresent(local -> settings.setProperty(
                        "bootstrap.servers", local.path("kafka").asString()));
        if (bootstrap != null) {
            settings.setProperty("bootstrap.servers", bootstrap);
        }
        if (!settings.containsKey("bootstrap.servers")) {
            throw new Failed("Which installation? Name its broker with --bootstrap HOST:PORT (compose: localhost:9094),"
                    + " or start the local one with deploy/local/run.");
        }
        requireAnswer(settings);
        return settings;
    }

    private static void requireAnswer(Properties settings) {
        Properties impatient = new Properties();
        impatient.putAll(settings);
        impatient.setProperty("default.api.timeout.ms", "8000");
        impatient.setProperty("request.timeout.ms", "4000");
        try (Admin admin = Admin.create(impatient)) {
            admin.describeCluster().clusterId().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException silent) {
            Throwable cause =
                    silent instanceof ExecutionException && silent.getCause() != null ? silent.getCause() : silent;
            throw new Failed(
                    "No Kafka broker answers at " + settings.getProperty("bootstrap.servers") + " ("
                            + cause.getMessage() + "). Is it running, and is the address right?",
                    silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failed("Stopped.", stopped);
        }
    }
}
