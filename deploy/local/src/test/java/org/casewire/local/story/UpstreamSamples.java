package org.casewire.local.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The upstreams in {@code docs/samples}, run as docs/integrate.md says, against a running stack. */
final class UpstreamSamples {

    private static final Path ROOT = Path.of("..", "..");
    private static final List<String> TEXTS = List.of("Please call us back.", "Your appointment is tomorrow at nine.");

    private final RunningStack stack;
    private final Path folder;

    /** @param folder where what they print goes */
    UpstreamSamples(RunningStack stack, Path folder) {
        this.stack = stack;
        this.folder = folder;
    }

    void javaSends(String number) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        requireSends(number, "java -cp 'deploy/local/target/lib/*' docs/samples/Upstream.java", java.toString());
    }

    /** Node and its client are not everywhere: what is missing is said, and the sample is not tried. */
    void nodeSends(String number) throws IOException, InterruptedException {
        String install = "npm install --prefix docs/samples";
        requireDocumented(install);
        boolean isInstalled;
        try {
            isInstalled = run(List.of(install.split(" ")), "npm.log") == 0;
        } catch (IOException missing) {
            isInstalled = false;
        }
        assumeTrue(
                isInstalled, "docs/samples/upstream.mjs was not tried: `npm install` did not bring its Kafka client");
        requireSends(number, "node docs/samples/upstream.mjs", "node");
    }

    /** The page's own request over HTTP, at this stack's address and with its token. */
    void curlSends(String number) throws IOException, InterruptedException {
        String page = Files.readString(ROOT.resolve("docs/integrate.md"));
        String documented = page.substring(page.indexOf("\ncurl ") + 1);
        String command = documented
                .substring(0, documented.indexOf("```"))
                .replace("http://127.0.0.1:8080", stack.frontDoor())
                .replace("+14045550123", number)
                .replace("$TOKEN", stack.token("service"));
        int code = run(List.of("bash", "-c", "command -v curl >/dev/null || exit 99; " + command), number + ".log");
        assumeTrue(code != 99, "the page's request over HTTP was not tried: there is no curl");
        assertThat(Files.readString(folder.resolve(number + ".log"))).contains("\"messageId\"");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stack.handset(number)).containsExactly(TEXTS.getFirst()));
    }

    private static void requireDocumented(String command) throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/integrate.md"))).contains(command);
    }

    private void requireSends(String number, String documented, String program)
            throws IOException, InterruptedException {
        requireDocumented(documented);
        List<String> command =
                new ArrayList<>(List.of(documented.replace("'", "").split(" ")));
        command.set(0, program);
        command.addAll(List.of(stack.broker(), "demo", number));
        String log = number + ".log";
        int code = run(command, log);
        String printed = Files.readString(folder.resolve(log));
        assertThat(code).as(printed).isZero();
        assertThat(printed.lines().filter(line -> line.endsWith("casewire.MessageStatusChanged.v1 DELIVERED")))
                .hasSize(2);
        assertThat(printed).contains("casewire.MessageScheduled.v1");
        assertThat(stack.handset(number)).containsExactlyElementsOf(TEXTS);
    }

    private int run(List<String> command, String log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }
}
