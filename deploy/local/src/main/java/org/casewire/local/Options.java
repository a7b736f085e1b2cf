package org.casewire.local;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for on the command line.
 *
 * @param basePort the front door's port; the others follow it
 * @param data the folder that is kept between runs, null when everything is thrown away
 * @param stack where the description of the running stack is written, null for the usual place
 * @param traces where every span is sent, null when none is made
 */
record Options(
        int basePort,
        @Nullable Path data,
        @Nullable Path stack,
        @Nullable String traces,
        boolean help) {

    static final int DEFAULT_BASE_PORT = 8080;

    static final String USAGE = """
            Usage: deploy/local/run [options]

            Starts Kafka, PostgreSQL, the Twilio twin, the four services and the front door on this machine.
            Ctrl-C stops them.

              --base-port N   the front door's port; ingest is N+1, outbound N+2, routing N+3, notification N+4,
                              the Twilio twin N+5, Kafka N+6, PostgreSQL N+7, N+11 to N+16 are used too (default 8080)
              --data DIR      keep everything in DIR, and go on from there the next time (default: throw it away)
              --no-build      start the jars that are there instead of building what is older than its sources
              --stack FILE    describe the running stack in FILE (default deploy/local/target/stack.json)
              --traces URL    send every span to a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318
              --help          show this text
            """;

    /** The command line says something that cannot be followed; the message is for the person who typed it. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    static Options parse(List<String> arguments) {
        Deque<String> left = new ArrayDeque<>(arguments);
        Options options = new Options(DEFAULT_BASE_PORT, null, null, null, false);
        while (!left.isEmpty()) {
            options = options.with(left.removeFirst(), left);
        }
        return options;
    }

    private Options with(String argument, Deque<String> left) {
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        if (equals > 0) {
            left.addFirst(argument.substring(equals + 1));
            return with(argument.substring(0, equals), left);
        }
        return switch (argument) {
            case "--help", "-h" -> new Options(basePort, data, stack, traces, true);
            case "--no-build" -> this; // the start script's business
            case "--base-port" -> new Options(port(value(argument, left)), data, stack, traces, help);
            case "--data" -> new Options(basePort, path(argument, left), stack, traces, help);
            case "--stack" -> new Options(basePort, data, path(argument, left), traces, help);
            case "--traces" -> new Options(basePort, data, stack, value(argument, left), help);
            default -> throw new Refused("There is no option " + argument + ".");
        };
    }

    private static String value(String option, Deque<String> left) {
        String value = left.pollFirst();
        if (value == null || value.isEmpty() || value.startsWith("--")) {
            throw new Refused(option + " needs a value.");
        }
        return value;
    }

    private static Path path(String option, Deque<String> left) {
        return Path.of(value(option, left)).toAbsolutePath().normalize();
    }

    private static int port(String value) {
        int highest = 65_535 - Port.HIGHEST_OFFSET;
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > highest) {
            throw new Refused("--base-port must be a number from 1 to " + highest + ", as " + Port.HIGHEST_OFFSET
                    + " more ports above it are used; " + value + " is not.");
        }
        return Integer.parseInt(value);
    }
}
