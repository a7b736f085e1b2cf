package org.casewire.bench.outbound;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What to run, as the script beside the module has checked it. */
record Options(Map<String, String> given, List<String> settings) {

    static final int MOST_CONTACTS = 5_000;

    private static final List<String> ALONE = List.of("twin");
    private static final List<String> PARTS = List.of("throughput", "circle", "latency50", "scheduled", "idle");

    /** The command line cannot be followed; the message says why. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /** Pairs of name and value. */
    static Options parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        List<String> settings = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (arguments[i].equals("--set")) {
                settings.add(arguments[i + 1]);
            } else {
                given.put(arguments[i], arguments[i + 1]);
            }
        }
        return new Options(Map.copyOf(given), List.copyOf(settings)).checked();
    }

    private Options checked() {
        for (String part : parts()) {
            if (!PARTS.contains(part) && !ALONE.contains(part)) {
                throw new Refused("There is no part " + part + "; there are " + String.join(", ", PARTS) + " and "
                        + String.join(", ", ALONE) + ".");
            }
        }
        if (contacts() > MOST_CONTACTS) {
            throw new Refused("--contacts can be " + MOST_CONTACTS + " at most: so many fictional numbers are there.");
        }
        return this;
    }

    List<String> parts() {
        String parts = given.get("--parts");
        return parts == null ? PARTS : List.of(parts.split(","));
    }

    int messages() {
        return number("--messages", 200_000);
    }

    int circleMessages() {
        return number("--circle-messages", 100_000);
    }

    int latencyMessages() {
        return number("--latency-messages", 200_000);
    }

    int dueMessages() {
        return number("--due-messages", 1_000);
    }

    int scheduled() {
        return number("--scheduled", 1_000_000);
    }

    int idleMessages() {
        return number("--idle-messages", 300);
    }

    int warmUp() {
        return number("--warm-up", 20_000);
    }

    int contacts() {
        return number("--contacts", MOST_CONTACTS);
    }

    int inFlight() {
        return number("--in-flight", 512);
    }

    int basePort() {
        return number("--base-port", 21_400);
    }

    String javaOptions() {
        return given.getOrDefault("--java-options", "-XX:TieredStopAtLevel=4 -Xms512m -Xmx1g");
    }

    boolean profile() {
        return given.containsKey("--profile");
    }

    boolean noBuild() {
        return given.containsKey("--no-build");
    }

    /** Where the JSON goes. */
    Path json(Path runs) {
        String file = given.get("--json");
        return file == null ? runs.resolve("outbound-bench.json") : Path.of(file);
    }

    private int number(String name, int standard) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(standard)));
    }
}
