package org.casewire.bench.routing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.casewire.bench.routing.Watch.Measured;
import org.casewire.bench.stand.Figure;
import org.casewire.bench.stand.Profile;
import org.casewire.bench.stand.Stack;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is measured, each on a stack that holds nothing yet. */
final class Parts {

    private static final String REPLIES = "sms.replies";
    private static final double REPLIES_TARGET = 15_000;
    private static final double FLAT = 1.2;
    private static final double CASES_TARGET = 25_000;
    private static final double PREVIEW_TARGET = 5;
    private static final int PREVIEWS = 5;

    private final Options options;
    private final Stack stack;
    private final Log log;
    private final Path recording;
    private final Clock clock = Clock.systemUTC();
    private int nextReply;

    Parts(Options options, Stack stack, Log log, Path recording) {
        this.options = options;
        this.stack = stack;
        this.log = log;
        this.recording = recording;
    }

    private Database database() {
        return new Database(stack.database("routing"));
    }

    Result run(String part) throws IOException, InterruptedException, SQLException {
        return switch (part) {
            case "filing" -> filing();
            case "preview" -> preview();
            case "projection" -> projection();
            default -> throw new IllegalArgumentException(part);
        };
    }

    private Profile.Running profile() throws IOException, InterruptedException {
        if (!options.profile()) {
            return List::of;
        }
        Profile.Running jvm = new Profile.Switch(true, recording).start(stack.pid("routing"));
        Activity activity = new Activity(database());
        return () ->
                Stream.concat(activity.stop().stream(), jvm.stop().stream()).toList();
    }

    private Result filing() throws IOException, InterruptedException, SQLException {
        Map<Integer, Measured> measured = new LinkedHashMap<>();
        Map<String, Long> mistakes = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        int there = 0;
        for (int cases : options.cases()) {
            database().fill(there, cases);
            there = cases;
            Profile.Running profile = profile();
            measured.put(cases, file(new World(stack.number(), cases), mistakes));
            notes.addAll(profile.stop());
        }
        List<Figure> figures = new ArrayList<>();
        Map<String, Map<String, Double>> cpu = new LinkedHashMap<>();
        measured.forEach((cases, one) -> {
            String name = "replies filed with %,d cases".formatted(cases);
            figures.add(
                    cases == 1_000_000
                            ? Figure.atLeast(name, one.perSecond(), "/s", REPLIES_TARGET)
                            : Figure.of(name, one.perSecond(), "/s"));
            cpu.put("with %,d cases".formatted(cases), one.cpuMicros());
        });
        flatness(measured, figures);
        return new Result(
                "filing",
                "%,d replies, the last %,d measured: sms.inbound -> matched -> PostgreSQL -> sms.replies"
                        .formatted(options.replies(), options.replies() - options.warmUp()),
                figures,
                cpu,
                mistakes,
                notes);
    }

    private static void flatness(Map<Integer, Measured> measured, List<Figure> figures) {
        List<Integer> sizes = List.copyOf(measured.keySet());
        if (sizes.size() < 2) {
            return;
        }
        Measured least = measured.get(sizes.getFirst());
        Measured most = measured.get(sizes.getLast());
        if (least != null && most != null) {
            String name = "of %,d cases by that of %,d".formatted(sizes.getLast(), sizes.getFirst());
            figures.add(Figure.atMost("time a reply " + name, least.perSecond() / most.perSecond(), "x", FLAT));
            figures.add(Figure.of(
                    "processor time a reply " + name,
                    most.cpuMicros().getOrDefault("all", 0.0)
                            / least.cpuMicros().getOrDefault("all", 1.0),
                    "x"));
        }
    }

    /** Files so many replies and looks at every one. */
    private Measured file(World world, Map<String, Long> mistakes) {
        int first = nextReply;
        nextReply += options.replies();
        long before = log.written(REPLIES);
        Thread upstream = Thread.ofPlatform().start(() -> {
            try (Log own = new Log(stack.kafka())) {
                own.write(first, nextReply, number -> world.reply(number, clock.instant()));
            }
        });
        Measured measured = new Watch("replies", () -> log.written(REPLIES) - before, stack.processes("routing"))
                .from(options.warmUp(), options.replies());
        try {
            upstream.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        check(world, first, mistakes);
        return measured;
    }

    private void check(World world, int first, Map<String, Long> mistakes) {
        int[] found = new int[options.replies()];
        long[] elsewhere = new long[1];
        log.readAll(REPLIES, event -> {
            byte[] subject = event.headers().lastHeader("ce_subject").value();
            int number = Integer.parseInt(new String(subject, 26, 8, StandardCharsets.US_ASCII), 16);
            if (number >= first && number < nextReply) {
                found[number - first]++;
                elsewhere[0] +=
                        where(JsonMapper.shared().readTree(event.value())).equals(expected(world, number)) ? 0 : 1;
            }
        });
        mistakes.merge("lost", Arrays.stream(found).filter(count -> count == 0).count(), Long::sum);
        mistakes.merge(
                "doubled", Arrays.stream(found).filter(count -> count > 1).count(), Long::sum);
        mistakes.merge("on another case", elsewhere[0], Long::sum);
    }

    private static String expected(World world, int reply) {
        String expected = world.expected(reply);
        return expected == null ? "" : expected;
    }

    private static String where(JsonNode event) {
        JsonNode ref = event.path("cases").path(0);
        return ref.isMissingNode()
                ? ""
                : ref.path("kind").asString() + "|" + ref.path("id").asString();
    }

    private Result preview() throws IOException, InterruptedException, SQLException {
        database().fill(0, 10_000);
        World world = new World(stack.number(), 10_000);
        nextReply = Math.max(options.previewed(), options.previewed() * 2);
        long before = log.written(REPLIES);
        log.write(0, nextReply, number -> world.reply(number, clock.instant()));
        new Watch("replies", () -> log.written(REPLIES) - before, stack.processes("routing")).from(0, nextReply);
        database().ageAllBut(options.previewed());
        List<Figure> figures = new ArrayList<>();
        Map<String, Long> mistakes = new LinkedHashMap<>();
        for (String strategy : List.of("MOST_RECENTLY_OPENED", "MOST_RECENT_INTAKE", "ALL")) {
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < PREVIEWS; i++) {
                long began = System.nanoTime();
                JsonNode preview = get("/api/sites/demo/matching/preview?days=30&strategy=" + strategy);
                seconds.add((System.nanoTime() - began) / 1e9);
                mistakes.merge(
                        "replies missed",
                        Math.abs(options.previewed() - preview.path("replies").asLong()),
                        Long::sum);
            }
            seconds.sort(null);
            figures.add(Figure.atMost(
                    "preview of " + strategy + ", the slowest of " + PREVIEWS, seconds.getLast(), "s", PREVIEW_TARGET));
            figures.add(Figure.of("the same, median", seconds.get(PREVIEWS / 2), "s"));
        }
        return new Result(
                "preview",
                "%,d replies looked at among twice as many".formatted(options.previewed()),
                figures,
                Map.of(),
                mistakes,
                List.of());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(stack.url("routing") + path))
                            .header("Authorization", "Bearer " + stack.token("staff"))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return JsonMapper.shared().readTree(answer.body());
        }
    }

    private Result projection() throws IOException, InterruptedException, SQLException {
        int cases = options.projected();
        Instant told = clock.instant();
        Database database = database();
        Profile.Running profile = profile();
        long before = database.count("SELECT count(*) FROM case_file");
        long handled = log.handled("sms.cases");
        Thread upstream = Thread.ofPlatform().start(() -> {
            try (Log own = new Log(stack.kafka())) {
                own.write(0, cases, number -> World.caseChanged(number, told));
            }
        });
        Measured measured = new Watch("cases", () -> log.handled("sms.cases") - handled, stack.processes("routing"))
                .from(cases / 2, cases);
        upstream.join();
        List<String> notes = new ArrayList<>(profile.stop());
        long missing = before + cases - database.count("SELECT count(*) FROM case_file");
        long numbers = cases
                + (cases + 3) / 4
                - database.count("SELECT count(*) FROM case_number WHERE contact LIKE '+1404%'");
        return new Result(
                "projection",
                "%,d cases from sms.cases, the second half measured".formatted(cases),
                List.of(Figure.atLeast("cases taken in", measured.perSecond(), "/s", CASES_TARGET)),
                Map.of("each case", measured.cpuMicros()),
                Map.of("cases missing", Math.abs(missing), "numbers missing", Math.max(0, numbers)),
                notes);
    }
}
