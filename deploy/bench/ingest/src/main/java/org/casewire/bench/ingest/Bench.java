package org.casewire.bench.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.bench.stand.Place;
import org.casewire.bench.stand.Profile;
import org.casewire.bench.stand.Stack;
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
        Place place = Place.of("ingest");
        Path folder = place.runs().resolve("stack");
        Place.empty(folder);
        // An interrupted run leaves nothing running; the stack's runner stops its own parts.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy)));
        Path recording = folder.resolve("ingest.jfr");
        List<Result> results = new ArrayList<>();
        System.out.println("Starting the stack");
        Stack.Wanted wanted = new Stack.Wanted(
                place.stackScript(),
                folder,
                options.basePort(),
                options.javaOptions(),
                "",
                options.settings(),
                Set.of("ingest"),
                !options.noBuild());
        try (Stack stack = Stack.start(wanted)) {
            Parts parts = new Parts(options, place, stack, new Profile.Switch(options.profile(), recording));
            for (String part : options.parts()) {
                Result result = parts.run(part);
                System.out.print(result.text());
                results.add(result);
            }
            parts.profiled().forEach(System.out::println);
        }
        Path json = options.json(place.runs());
        Files.writeString(json, json(options, results));
        System.out.println("As JSON: " + json);
        return results.stream().allMatch(Result::isRight);
    }

    private static String json(Options options, List<Result> results) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(Map.of(
                        "at", Instant.now(Clock.systemUTC()).toString(),
                        "processors", Runtime.getRuntime().availableProcessors(),
                        "javaOptions", options.javaOptions(),
                        "settings", options.settings(),
                        "results", results));
    }
}
