package org.casewire.bench.notification;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What to run, as the script beside the module has checked it. */
record Options(Map<String, String> given) {

    /** Pairs of name and value. */
    static Options parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        return new Options(Map.copyOf(given));
    }

    int due() {
        return number("--due", 100_000);
    }

    int waiting() {
        return number("--waiting", 1_000_000);
    }

    /** Open streams, each of a user of its own. */
    int streams() {
        return number("--streams", 500);
    }

    int perSecond() {
        return number("--per-second", 500);
    }

    int seconds() {
        return number("--seconds", 20);
    }

    int replies() {
        return number("--replies", 100_000);
    }

    /** Whether that part is to be measured. */
    boolean isWanted(String part) {
        return given.getOrDefault("--only", part).equals(part);
    }

    int basePort() {
        return number("--base-port", 21_800);
    }

    String javaOptions() {
        return given.getOrDefault("--java-options", "-XX:TieredStopAtLevel=4 -Xms512m -Xmx1g");
    }

    boolean noBuild() {
        return given.containsKey("--no-build");
    }

    /** Where the JSON goes. */
    Path json(Path runs) {
        String file = given.get("--json");
        return file == null ? runs.resolve("notification-bench.json") : Path.of(file);
    }

    private int number(String name, int standard) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(standard)));
    }
}
