package org.casewire.twin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.twin.webhook.Detour;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
record Options(
        String host,
        int port,
        Path config,
        @Nullable Path data,
        @Nullable String url,
        @Nullable Detour detour,
        Duration carrierDelay) {

    static final String USAGE = """
            The Twilio twin: Twilio's messaging API on your own machine, with a handset for every number.

            java -jar twilio-twin.jar --config FILE [options]

              --config FILE          the accounts it plays Twilio for (required):
                                     {"accounts":[{"sid":"AC…","authToken":"…",
                                       "numbers":[{"number":"+1…","smsUrl":"…","voiceUrl":"…","ratePerSecond":1}],
                                       "services":[{"sid":"MG…","numbers":["+1…"]}], "apiKeys":{"SK…":"secret"}}]}
              --data DIR             where messages are kept between runs (default: nowhere)
              --port PORT            default 8085; 0 takes any free one
              --host HOST            the address it listens on (default 127.0.0.1)
              --url URL              how others reach it (default http://HOST:PORT); picture addresses begin with it
              --connect-to URL=URL   webhooks for the first origin are called at the second, and signed as before:
                                     http://localhost:8080=http://front-door:8080 from within a container
              --carrier-delay-ms MS  time between "sent" and "delivered" (default 0)
              --help                 this text

            The handsets are at /twin/, faults are set with PUT /twin/faults, DELETE /twin forgets everything.
            """;

    private static final Set<String> KNOWN =
            Set.of("--config", "--data", "--port", "--host", "--url", "--connect-to", "--carrier-delay-ms");

    /** A command line that cannot be followed; the message says what to change. */
    static final class Wrong extends Exception {
        Wrong(String message) {
            super(message);
        }
    }

    static Options of(String... arguments) throws Wrong {
        Map<String, String> given = given(Arrays.asList(arguments));
        String config = given.get("--config");
        if (config == null) {
            throw new Wrong("--config is missing: name the file with the accounts. --help shows what stands in it.");
        }
        String data = given.get("--data");
        return new Options(
                given.getOrDefault("--host", "127.0.0.1"),
                number(given, "--port", 8085, 65_535),
                Path.of(config),
                data == null ? null : Path.of(data),
                given.get("--url"),
                detour(given.get("--connect-to")),
                Duration.ofMillis(number(given, "--carrier-delay-ms", 0, 3_600_000)));
    }

    private static Map<String, String> given(List<String> arguments) throws Wrong {
        Map<String, String> given = new HashMap<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String name = rest.next();
            if (!KNOWN.contains(name)) {
                throw new Wrong("Unknown option " + name + ": --help lists those there are.");
            }
            if (!rest.hasNext()) {
                throw new Wrong(name + " needs a value.");
            }
            given.put(name, rest.next());
        }
        return given;
    }

    private static @Nullable Detour detour(@Nullable String value) throws Wrong {
        return value == null
                ? null
                : Detour.parse(value)
                        .orElseThrow(() -> new Wrong("--connect-to must be two origins with = between them, such as"
                                + " http://localhost:8080=http://front-door:8080."));
    }

    private static int number(Map<String, String> given, String name, int standard, int most) throws Wrong {
        String value = given.get(name);
        if (value == null) {
            return standard;
        }
        if (!value.matches("\\d{1,7}") || Integer.parseInt(value) > most) {
            throw new Wrong(name + " must be a number from 0 to " + most + ".");
        }
        return Integer.parseInt(value);
    }
}
