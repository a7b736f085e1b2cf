package org.casewire.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Publishes one event as an upstream application would, for people at a terminal. */
final class Publish {

    private static final String USAGE = """
            Usage: deploy/local/publish [--stack FILE] EVENT [JSON]

            Publishes one event of an upstream application to the running stack's Kafka, with the key and the
            headers it needs. EVENT is SendRequested, SendCancelled, CaseChanged or UserChanged; its JSON is read
            from standard input when it is not given. FILE is what deploy/local/run wrote
            (default deploy/local/target/stack.json).
            """;

    private Publish() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2 || arguments.length > 3 || arguments[1].startsWith("-")) {
            System.err.print(USAGE);
            System.exit(2);
        }
        try {
            String json = arguments.length == 3 ? arguments[2] : readAll(System.in);
            UpstreamEvent event = UpstreamEvent.of(
                    arguments[1], (ObjectNode) JsonMapper.shared().readTree(json));
            DemoEvents.publish(bootstrapServers(Path.of(arguments[0])), List.of(event));
            System.out.println("Published to " + event.topic() + " under the key " + event.key());
        } catch (JacksonException | ClassCastException e) {
            System.err.println("The event must be a JSON object.");
            System.exit(2);
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static String readAll(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String bootstrapServers(Path stack) throws IOException {
        if (!Files.exists(stack)) {
            throw new IOException(
                    stack + " is not there: start deploy/local/run first, or name the file with --stack.");
        }
        return JsonMapper.shared()
                .readTree(Files.readString(stack))
                .path("kafka")
                .asString();
    }
}
