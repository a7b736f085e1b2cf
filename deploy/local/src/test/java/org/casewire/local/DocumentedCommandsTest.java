package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No page shows a command that nothing runs: each is named here with what does, and a new one fails until it is. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final String SAMPLES = "deploy/local/src/test/java/org/casewire/local/story/UpstreamSamples.java";

    private static final String KUBERNETES = "deploy/kubernetes/src/test/java/org/casewire/kubernetes/";

    /** What runs a command, and a word by which it is seen there. */
    private record Runner(String file, String word) {}

    private static final Map<String, Runner> RUN_BY = Map.ofEntries(
            Map.entry("mvn verify", new Runner(".ci/run", "mvn -B -ntp verify")),
            Map.entry(
                    "deploy/local/run",
                    new Runner(
                            "deploy/local/src/test/java/org/casewire/local/story/RunningStack.java",
                            "Path.of(\"run\")")),
            Map.entry(
                    "java -cp 'deploy/local/target/lib/*' docs/samples/Upstream.java localhost:8086 demo +14045550123",
                    new Runner(SAMPLES, "docs/samples/Upstream.java")),
            Map.entry(
                    "prometheus --config.file=deploy/observability/prometheus/local.yaml"
                            + " --storage.tsdb.path=/tmp/casewire-prometheus --web.listen-address=127.0.0.1:9090",
                    new Runner("deploy/local/src/test/java/org/casewire/local/story/AlertIT.java", "local.yaml")),
            Map.entry("npm install --prefix docs/samples", new Runner(SAMPLES, "npm install --prefix docs/samples")),
            Map.entry(
                    "node docs/samples/upstream.mjs localhost:8086 demo +14045550123",
                    new Runner(SAMPLES, "node docs/samples/upstream.mjs")),
            Map.entry(
                    "curl -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' -H 'Prefer: wait=5'"
                            + " -d '{\"to\":\"+14045550123\",\"body\":\"Please call us back.\"}'"
                            + " http://127.0.0.1:8080/api/sites/demo/messages",
                    new Runner(SAMPLES, "\\ncurl ")));

    /** Need an engine or a cluster, which a build does not have: what they do is held by a test of the files they use. */
    private static final Map<String, Runner> HELD_BY = Map.ofEntries(
            Map.entry("deploy/compose/build", new Runner(KUBERNETES + "ServicesTest.java", "../compose/build")),
            Map.entry(
                    "docker compose -f deploy/compose/compose.yaml up",
                    new Runner(KUBERNETES + "OperatorsPageTest.java", "deploy/compose/.env")),
            Map.entry("deploy/compose/smoke", new Runner("deploy/compose/smoke", "#!/")),
            Map.entry(
                    "kubectl apply -f deploy/kubernetes/base/namespace.yaml",
                    new Runner(KUBERNETES + "OverlaysTest.java", "Folder.manifests(\"base\")")),
            Map.entry(
                    "deploy/kubernetes/twin-secrets | kubectl apply -f -",
                    new Runner(KUBERNETES + "OverlaysTest.java", "twin-secrets")),
            Map.entry(
                    "kubectl kustomize deploy/kubernetes/overlays/twin | kubectl apply -f -",
                    new Runner(KUBERNETES + "OverlaysTest.java", "\"kubectl\", \"kustomize\"")));

    private static final Pattern COMMAND = Pattern.compile("[a-z][\\w.-]*(/[\\w.-]+)*( .*)?", Pattern.DOTALL);

    /** The commands of each page's blocks; a line that ends with a backslash goes on in the next. */
    private static Map<String, String> shown() throws IOException {
        Map<String, String> commands = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file ->
                            Stream.of("/target/", "/node_modules/", "/.git/").noneMatch(file.toString()::contains))
                    .forEach(page -> commandsOf(page)
                            .forEach(command ->
                                    commands.put(command, ROOT.relativize(page).toString())));
        }
        return commands;
    }

    private static List<String> commandsOf(Path page) {
        List<String> commands = new ArrayList<>();
        String[] blocks = read(page).split("(?m)^```.*\\R?");
        for (int block = 1; block < blocks.length; block += 2) {
            blocks[block]
                    .replaceAll("\\\\\\R\\s*", "")
                    .lines()
                    .filter(line -> COMMAND.matcher(line).matches())
                    .forEach(commands::add);
        }
        return commands;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void everyCommandOnAPageIsRunBySomething() throws IOException {
        Map<String, String> shown = shown();
        assertThat(shown).containsKeys("deploy/local/run", "mvn verify");
        shown.keySet().removeIf(command -> RUN_BY.containsKey(command) || HELD_BY.containsKey(command));
        assertThat(shown)
                .as("commands on pages that nothing runs: have a test run them, and name it here")
                .isEmpty();
    }

    @Test
    void whatRunsThemIsThere() {
        Stream.of(RUN_BY, HELD_BY)
                .flatMap(commands -> commands.values().stream())
                .forEach(runner -> assertThat(read(ROOT.resolve(runner.file())))
                        .as(runner.file())
                        .contains(runner.word()));
    }
}
