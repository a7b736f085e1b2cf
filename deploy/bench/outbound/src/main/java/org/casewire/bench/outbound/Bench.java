package org.casewire.bench.outbound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.casewire.bench.stand.Figure;
import org.casewire.bench.stand.Place;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs the parts in turn and tells what came of them. */
final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        try {
            System.exit(run(Options.parse(arguments)) ? 0 : 1);
        } catch (Options.Refused refused) {
            System.err.println(refused.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(Options options) throws Exception {
        Place place = Place.of("outbound");
        Files.createDirectories(place.runs());
        // An interrupted run leaves nothing running; the stack's runner stops its own parts.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy)));
        Parts parts = new Parts(options, place, Clock.systemUTC());
        List<Result> results = new ArrayList<>();
        boolean complete = true;
        for (String part : options.parts()) {
            try {
                List<Result> some = parts.run(part);
                some.forEach(result -> System.out.print(result.text()));
                results.addAll(some);
            } catch (IllegalStateException | IOException | SQLException | CompletionException failed) {
                Progress.say(part + " failed: " + failed);
                complete = false;
            }
        }
        Path json = options.json(place.runs());
        Files.writeString(json, json(options, results));
        System.out.println();
        results.forEach(result -> System.out.print(summary(result)));
        System.out.println("As JSON: " + json);
        return complete && results.stream().allMatch(Result::isRight);
    }

    /** Only what has a target. */
    private static String summary(Result result) {
        StringBuilder lines = new StringBuilder();
        for (Figure figure : result.figures()) {
            if (figure.target() != null) {
                lines.append("%-16s %-58s %12s %-8s %s%n"
                        .formatted(result.part(), figure.name(), figure.amount(), figure.unit(), figure.verdict()));
            }
        }
        return lines.toString();
    }

    private static String json(Options options, List<Result> results) throws IOException {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(Map.of(
                        "at",
                        Instant.now(Clock.systemUTC()).toString(),
                        "processors",
                        Runtime.getRuntime().availableProcessors(),
                        "javaOptions",
                        options.javaOptions(),
                        "settings",
                        options.settings(),
                        "results",
                        results));
    }
}
