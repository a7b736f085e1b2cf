package org.casewire.bench.routing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.bench.stand.Place;
import org.casewire.bench.stand.Stack;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs the parts in turn, each on an empty stack, and tells what came of them. */
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
        Place place = Place.of("routing");
        // An interrupted run leaves nothing running; the stack's runner stops its own parts.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy)));
        List<Result> results = new ArrayList<>();
        boolean build = options.build();
        for (String part : options.parts()) {
            Result result = run(part, options, place, build);
            System.out.print(result.text());
            results.add(result);
            build = false;
        }
        Path json = options.json(place.runs());
        Files.writeString(json, json(options, results));
        System.out.println("As JSON: " + json);
        return results.stream().allMatch(Result::isRight);
    }

    private static Result run(String part, Options options, Place place, boolean build) throws Exception {
        Path folder = place.runs().resolve("stack");
        Place.empty(folder);
        System.out.println("Starting the stack for " + part);
        Stack.Wanted wanted = new Stack.Wanted(
                place.stackScript(),
                folder,
                options.basePort(),
                options.javaOptions(),
                options.postgresOptions(),
                options.settings(),
                part.equals("preview") ? Set.of("routing", Stack.FRONT_DOOR) : Set.of("routing"),
                build);
        try (Stack stack = Stack.start(wanted);
                Log log = new Log(stack.kafka())) {
            return new Parts(options, stack, log, place.runs().resolve("routing.jfr")).run(part);
        } finally {
            Place.delete(folder.resolve("data"));
        }
    }

    private static String json(Options options, List<Result> results) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(Map.of(
                        "at", Instant.now(Clock.systemUTC()).toString(),
                        "processors", Runtime.getRuntime().availableProcessors(),
                        "javaOptions", options.javaOptions(),
                        "postgresOptions", options.postgresOptions(),
                        "settings", options.settings(),
                        "results", results));
    }
}
