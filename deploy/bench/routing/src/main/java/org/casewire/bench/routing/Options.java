package org.casewire.bench.routing;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What to run, as the script beside the module has checked it. */
record Options(Map<String, String> given, Map<String, String> settings) {

    private static final List<String> PARTS = List.of("filing", "preview", "projection");

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
                throw new Refused("There is no part " + part + "; there are " + String.join(", ", PARTS) + ".");
            }
        }
        if (options.cases().stream().anyMatch(count -> count < 100 || count > 10_000_000)) {
            throw new Refused("--cases takes numbers from 100 to 10000000, separated by commas.");
        }
        return options;
    }

    List<String> parts() {
        String parts = given.get("--parts");
        return parts == null ? PARTS : List.of(parts.split(","));
    }

    /** How many cases there are when replies are filed, rising. */
    List<Integer> cases() {
        return Stream.of(given.getOrDefault("--cases", "10000,1000000").split(","))
                .map(Integer::valueOf)
                .sorted()
                .toList();
    }

    int replies() {
        return number("--replies", 800_000);
    }

    int warmUp() {
        return number("--warm-up", 400_000);
    }

    int previewed() {
        return number("--previewed", 100_000);
    }

    int projected() {
        return number("--projected", 1_000_000);
    }

    int basePort() {
        return number("--base-port", 21_800);
    }

    String javaOptions() {
        return given.getOrDefault("--java-options", "-XX:TieredStopAtLevel=4 -Xms1g -Xmx1g");
    }

    /** A server's, as its JVMs are: the local stack's own setting is a laptop's. */
    String postgresOptions() {
        return given.getOrDefault("--postgres-options", "shared_buffers=2GB");
    }

    boolean profile() {
        return given.containsKey("--profile");
    }

    boolean build() {
        return !given.containsKey("--no-build");
    }

    /** Where the JSON goes. */
    Path json(Path runs) {
        String file = given.get("--json");
        return file == null ? runs.resolve("routing-bench.json") : Path.of(file);
    }

    private int number(String name, int standard) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(standard)));
    }
}
