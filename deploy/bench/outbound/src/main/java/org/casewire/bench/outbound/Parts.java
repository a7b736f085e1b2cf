package org.casewire.bench.outbound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.casewire.bench.stand.Place;
import org.casewire.bench.stand.Profile;
import org.casewire.bench.stand.Stack;

/** Prepares the stage of each part and has it measured. */
final class Parts {

    private static final int TWIN_PORT = 20;
    private static final int INGEST_PORT = 1;
    private static final int FEW_SCHEDULED = 10_000;
    private static final String NO_CALLBACKS = "{\"callback\":[{\"fault\":\"DROP\"}]}";
    private static final String SLOW =
            "{\"callback\":[{\"fault\":\"DROP\"}],\"create\":[{\"fault\":\"DELAY\",\"delayMs\":50}]}";

    private static final String SITES = """
            sites:
              - site: %s
                displayName: Benchmark
                region: US
                timeZone: America/New_York
                senders:
                  - number: "%s"
                    kind: LONG_CODE
                    ratePerSecond: 1000000
                matching: MOST_RECENT_OUTBOUND
                consentPolicy: IMPLIED
                quietHours: []
                alerts: PRIMARY
            """;

    private final Options options;
    private final Place place;
    private final Clock clock;
    private boolean built;

    Parts(Options options, Place place, Clock clock) {
        this.options = options;
        this.place = place;
        this.clock = clock;
        this.built = options.noBuild();
    }

    List<Result> run(String part) throws Exception {
        return switch (part) {
            case "twin" -> List.of(twinAlone());
            case "throughput" -> List.of(throughput());
            case "circle" -> List.of(circle());
            case "latency50" -> List.of(latency50());
            case "scheduled" -> scheduled();
            case "idle" -> List.of(idle());
            default -> throw new IllegalArgumentException(part);
        };
    }

    private Result twinAlone() throws Exception {
        Path folder = place.runs().resolve("twin");
        Place.empty(folder);
        try (Twin twin = twin(folder, Twin.Account.madeUp())) {
            twin.faults(NO_CALLBACKS);
            Profile.Switch profiling = new Profile.Switch(options.profile(), folder.resolve("twin.jfr"));
            return TwinAlone.measure(twin, new Texts(options.contacts()), 0, profiling)
                    .result();
        }
    }

    private Twin twin(Path folder, Twin.Account account) throws IOException, InterruptedException {
        return Twin.start(
                place.twinJar(),
                folder,
                account,
                options.basePort() + TWIN_PORT,
                Arrays.asList(options.javaOptions().split(" +")));
    }

    private Result throughput() throws Exception {
        try (Stage stage = stage("throughput", Set.of("outbound"), inFlight())) {
            stage.twin().faults(NO_CALLBACKS);
            return new Flood(stage, options, "throughput", options.messages()).untilAccepted(7_000, Beside.senders());
        }
    }

    private Result circle() throws Exception {
        Map<String, String> settings = new HashMap<>(inFlight());
        settings.put("casewire.public-base-url", Twin.url(options.basePort() + INGEST_PORT));
        try (Stage stage = stage("circle", Set.of("outbound", "ingest"), settings)) {
            return new Flood(stage, options, "circle", options.circleMessages()).untilDelivered(2_500);
        }
    }

    private Result latency50() throws Exception {
        try (Stage stage = stage("latency50", Set.of("outbound"), inFlight())) {
            stage.twin().faults(SLOW);
            List<Beside> beside = Stream.concat(
                            Stream.of(Beside.bound(
                                    options.inFlight() + " calls of 50 ms at once",
                                    options.inFlight() / 0.050,
                                    "texts/s")),
                            Beside.sendersAt50Millis().stream())
                    .toList();
            return new Flood(stage, options, "latency50", options.latencyMessages()).untilAccepted(5_000, beside);
        }
    }

    /** Rates are lifted, and so is the care for an account's share of the calls. */
    private Map<String, String> inFlight() {
        String most = Integer.toString(options.inFlight());
        return Map.of("casewire.dispatch.in-flight", most, "casewire.dispatch.in-flight-per-account", most);
    }

    private List<Result> scheduled() throws Exception {
        try (Stage stage = stage("scheduled", Set.of("outbound"), Map.of())) {
            stage.twin().faults(NO_CALLBACKS);
            return Due.measure(stage, FEW_SCHEDULED, options.scheduled(), options.dueMessages());
        }
    }

    private Result idle() throws Exception {
        try (Stage stage = stage("idle", Set.of("outbound"), Map.of())) {
            stage.twin().faults(NO_CALLBACKS);
            return Idle.measure(stage, options.idleMessages());
        }
    }

    private Stage stage(String part, Set<String> services, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path folder = place.runs().resolve(part);
        Place.empty(folder);
        Path sites = folder.resolve("sites.yaml");
        Files.writeString(sites, SITES.formatted(Texts.SITE, Texts.SENDER));
        Twin.Account account = Twin.Account.madeUp();
        Map<String, String> all = new HashMap<>();
        all.put("casewire.sites-file", sites.toString());
        all.put("casewire.twilio-base-url", Twin.url(options.basePort() + TWIN_PORT));
        all.put("casewire.twilio." + Texts.SITE + ".account-sid", account.sid());
        all.put("casewire.twilio." + Texts.SITE + ".auth-tokens[0]", account.token());
        all.putAll(settings);
        options.settings().forEach(setting -> all.put(setting.split("=", 2)[0], setting.split("=", 2)[1]));
        Progress.say("%n%s: starting the stack".formatted(part));
        Stack stack = Stack.start(new Stack.Wanted(
                place.stackScript(), folder, options.basePort(), options.javaOptions(), "", all, services, !built));
        built = true;
        Twin twin = twin(folder, account);
        return new Stage(part, folder, stack, twin, services, new Texts(options.contacts()), options.contacts(), clock);
    }
}
