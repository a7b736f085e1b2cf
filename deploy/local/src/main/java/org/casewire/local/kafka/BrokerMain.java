package org.casewire.local.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The broker's own JVM: formats the storage once, then hands over to Apache Kafka's main class. */
final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] args) throws IOException {
        String properties = args[0];
        if (!Files.exists(logFolder(Path.of(properties)).resolve("meta.properties"))) {
            String[] format = {
                "format", "--ignore-formatted", "-t", Uuid.randomUuid().toString(), "-c", properties
            };
            int exitCode = StorageTool.execute(format, System.out);
            if (exitCode != 0) {
                System.exit(exitCode);
            }
        }
        Kafka.main(new String[] {properties});
    }

    private static Path logFolder(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return Path.of(properties.getProperty("log.dirs"));
    }
}
