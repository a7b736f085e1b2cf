package org.casewire.local.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.casewire.local.process.Part;
import org.casewire.local.process.StopSignal;

/** One broker that is its own controller, with what it stores in one folder. */
public final class Broker {

    private static final String HEAP = "256m";

    private final Path folder;
    private final int port;
    private final int controllerPort;

    public Broker(Path folder, int port, int controllerPort) {
        this.folder = folder;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** How a class with arguments is run in a JVM of its own, with the class path that holds Apache Kafka. */
    @FunctionalInterface
    public interface Java {
        List<String> command(String heap, List<String> options, String main, String argument);
    }

    /** The broker's process. */
    public Part part(Java java, Path log) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties().store(out, "Written anew at every start");
        }
        List<String> command = java.command(
                HEAP,
                List.of(
                        "-Dlog4j2.configurationFile=broker-log4j2.properties",
                        "-Dlog4j.shutdownHookEnabled=false",
                        "--sun-misc-unsafe-memory-access=allow"),
                BrokerMain.class.getName(),
                file.toString());
        return new Part("kafka", "Kafka", command, log, StopSignal.TERMINATE, this::isReady);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", folder.resolve("logs").toString(),
                "auto.create.topics.enable", "false"));
        properties.putAll(oneOfEverything());
        return properties;
    }

    /** One broker cannot replicate, and fewer partitions of Kafka's own topics start sooner. */
    private static Map<String, String> oneOfEverything() {
        return Map.of(
                "default.replication.factor", "1",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "16777216");
    }

    /** The port is open before the broker serves, so it is asked who is in the cluster. */
    private boolean isReady() throws InterruptedException {
        if (!Reachable.at(port)) {
            return false;
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 20,
                AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, 20))) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }
}
