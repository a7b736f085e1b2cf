package org.casewire.bench.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What to run, as the script beside the module has checked it. */
record Options(Map<String, String> given, Map<String, String> settings) {

    private static final List<String> PARTS = List.of("kafka", "spool");

    /** The command line cannot be followed; the message says why. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /** Pairs of name and value. */
    static Options parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (arguments[i].equals("--set")) {
                String[] setting = arguments[i + 1].split("=", 2);
                settings.put(setting[0], setting.length > 1 ? setting[1] : "");
            } else {
                given.put(arguments[i], arguments[i + 1]);
            }
        }
        Options options = new Options(Map.copyOf(given), settings);
        for (String part : options.parts()) {
            if (!PARTS.contains(part)) {
                throw new Refused("There is no part " + part + "; there are " + String.join(" and ", PARTS) + ".");
            }
        }
        return options;
    }

    List<String> parts() {
        String parts = given.get("--parts");
        return parts == null ? PARTS : List.of(parts.split(","));
    }

    int rounds() {
        return number("--rounds", 3);
    }

    Duration measured() {
        return Duration.ofSeconds(number("--seconds", 4));
    }

    Duration warmUp() {
        return Duration.ofSeconds(number("--warm-up", 15));
    }

    int basePort() {
        return number("--base-port", 21_600);
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
        return file == null ? runs.resolve("ingest-bench.json") : Path.of(file);
    }

    private int number(String name, int standard) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(standard)));
    }
}
