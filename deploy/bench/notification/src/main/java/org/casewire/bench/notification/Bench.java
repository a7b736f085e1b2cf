package org.casewire.bench.notification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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

/** Measures and tells what came of it. */
final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        Place place = Place.of("notification");
        Path folder = place.runs().resolve("stack");
        Place.empty(folder);
        // An interrupted run leaves nothing running; the stack's runner stops its own parts.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy)));
        List<Result> results = new ArrayList<>();
        try (Stack stack = Stack.start(wanted(place, folder, options))) {
            results.addAll(measure(stack, options));
        }
        results.forEach(result -> System.out.print(result.text()));
        Path json = options.json(place.runs());
        Files.writeString(json, json(options, results));
        System.out.println("As JSON: " + json);
        System.exit(results.stream().allMatch(Result::isRight) ? 0 : 1);
    }

    private static Stack.Wanted wanted(Place place, Path folder, Options options) {
        return new Stack.Wanted(
                place.stackScript(),
                folder,
                options.basePort(),
                options.javaOptions(),
                "",
                Map.of(),
                Set.of("notification", Stack.FRONT_DOOR),
                !options.noBuild());
    }

    private static List<Result> measure(Stack stack, Options options)
            throws SQLException, IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        if (options.isWanted("alerts")) {
            results.addAll(alerts(stack, options));
        }
        if (options.isWanted("reminders")) {
            results.addAll(reminders(stack, options));
        }
        return results;
    }

    private static List<Result> alerts(Stack stack, Options options)
            throws SQLException, IOException, InterruptedException {
        Alerts alerts = new Alerts(stack, Clock.systemUTC(), options.streams());
        alerts.writeCases();
        System.out.println("warming up");
        alerts.rate("warm", options.replies() / 5);
        alerts.latency("warm-streams", 2 * options.perSecond(), 10);
        System.out.println("alerts on open streams");
        List<Result> results = new ArrayList<>();
        results.add(alerts.latency("streams", options.perSecond(), options.seconds()));
        System.out.println("alerts as fast as they can be made");
        results.add(alerts.rate("alerts", options.replies()));
        return results;
    }

    private static List<Result> reminders(Stack stack, Options options) throws SQLException, IOException {
        List<Result> results = new ArrayList<>();
        try (SendQueue queue = new SendQueue(stack.kafka())) {
            Reminders reminders = new Reminders(stack, queue, Clock.systemUTC());
            reminders.writeUsers();
            System.out.println("warming up");
            reminders.measure("warm", options.due() / 5, 0);
            System.out.println("reminders while none wait");
            results.add(reminders.measure("few", options.due(), 0));
            System.out.println("putting %,d that wait into the table".formatted(options.waiting()));
            reminders.loadWaiting(options.waiting());
            System.out.println("reminders while they wait");
            results.add(reminders.measure("many", options.due(), options.waiting()));
        }
        return results;
    }

    private static String json(Options options, List<Result> results) {
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
                        "results",
                        results));
    }
}
