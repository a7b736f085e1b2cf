package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script in a repository of its own, with programs that only tell that they were called. */
class RunScriptTest {

    private static final List<String> MODULES = List.of(
            "webhook-ingest-service",
            "outbound-service",
            "routing-service",
            "notification-service",
            "deploy/front-door",
            "deploy/twilio-twin",
            "deploy/local");

    @TempDir
    Path temporary;

    private Path root;
    private Path jdk;
    private Path bin;

    record Outcome(int exitCode, String output) {}

    @BeforeEach
    void repository() throws IOException {
        root = Files.createDirectory(temporary.toRealPath().resolve("a clone"));
        for (String script : List.of("run", "jdk.sh")) {
            Files.createDirectories(root.resolve("deploy/local"));
            Files.copy(Path.of(script), root.resolve("deploy/local").resolve(script));
        }
        for (String module : MODULES) {
            write(root.resolve(module).resolve("pom.xml"), "");
            write(root.resolve(module).resolve("src/main/java/Main.java"), "");
        }
        write(root.resolve("pom.xml"), "");
        write(root.resolve("common-events/pom.xml"), "");
        write(root.resolve("common-events/src/main/java/Event.java"), "");
        jdk = temporary.resolve("jdk");
        write(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.1\"\n");
        program(jdk.resolve("bin/java"), "printf 'java'; printf ' <%s>' \"$@\"");
        program(jdk.resolve("bin/javac"), "");
        bin = temporary.resolve("bin");
        program(bin.resolve("mvn"), "echo \"mvn $* in $PWD with $JAVA_HOME\"; " + makeJars());
    }

    @Test
    void whatWasNeverBuiltIsBuiltAndStarted() throws Exception {
        Outcome outcome = run("--base-port", "9000", "--data", "some folder");

        assertThat(outcome.output())
                .contains("Building what is missing")
                .contains("java")
                .contains("<-Dcasewire.root=" + root + ">")
                .contains("<-jar> <" + root + "/deploy/local/target/local-0.1.0-SNAPSHOT.jar>")
                .contains("<--base-port> <9000> <--data> <some folder>");
        assertThat(root.resolve("deploy/local/target/build.log"))
                .content()
                .contains("-DskipTests package in " + root + " with " + jdk);
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void whatIsUpToDateIsNotBuiltAgain() throws Exception {
        run();

        assertThat(run().output()).doesNotContain("Building");
    }

    @Test
    void aSourceThatIsNewerThanItsJarIsBuilt() throws Exception {
        run();
        for (String file : List.of(
                "routing-service/src/main/java/Main.java", "deploy/front-door/pom.xml", "common-events/pom.xml")) {
            Files.setLastModifiedTime(
                    root.resolve(file), FileTime.from(Instant.now().plusSeconds(2)));

            assertThat(run().output()).as(file).contains("Building");

            Files.setLastModifiedTime(
                    root.resolve(file), FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    @Test
    void nothingIsBuiltWhenNobodyWantsThat() throws Exception {
        Outcome outcome = run("--no-build");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("Not built yet").doesNotContain("mvn -B");
    }

    @Test
    void aBuildThatFailsIsShownAndNothingIsStarted() throws Exception {
        program(bin.resolve("mvn"), "echo '[ERROR] Main.java:[1,1] nonsense'; exit 1");

        Outcome outcome = run();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("The build failed")
                .contains("nonsense")
                .doesNotContain("java <");
    }

    @Test
    void aMistakeIsToldBeforeAnythingIsBuilt() throws Exception {
        Outcome outcome = run("--prot", "9000");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output())
                .startsWith("There is no option --prot.")
                .contains("Usage: deploy/local/run")
                .doesNotContain("Building");
        assertThat(run("--data").output()).startsWith("--data needs a value.");
    }

    @Test
    void helpIsTheSameWhoeverIsAsked() throws Exception {
        Outcome outcome = run("--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.output()).isEqualTo(Options.USAGE);
    }

    @Test
    void aJdkThatIsTooOldIsPassedOver() throws Exception {
        Outcome outcome =
                bash(". \"$0\"; JAVA_HOME=%s; find_jdk && echo \"found $JDK\"", oldJdk(), "deploy/local/jdk.sh");

        assertThat(outcome.output()).contains("found ").doesNotContain("found " + temporary.resolve("old"));
    }

    @Test
    void withoutAJdkItSaysWhereItLooked() throws Exception {
        Outcome outcome = bash(
                ". \"$0\"; JAVA_HOME=%s; unset JDK25_HOME; jdk_major() { echo 17; }; find_jdk || echo \"code $?\"",
                oldJdk(), "deploy/local/jdk.sh");

        assertThat(outcome.output())
                .contains("No JDK 25 or newer was found")
                .contains("JAVA_HOME (" + temporary.resolve("old") + ")")
                .contains("JDK25_HOME (not set)")
                .contains("/usr/lib/jvm/*")
                .contains(temporary.resolve("old") + " (Java 17)")
                .contains("Install a JDK 25")
                .contains("code 1");
    }

    private Path oldJdk() throws IOException {
        Path old = temporary.resolve("old");
        write(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        program(old.resolve("bin/java"), "");
        program(old.resolve("bin/javac"), "");
        return old;
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        return start(Stream.concat(Stream.of(root.resolve("deploy/local/run").toString()), Stream.of(arguments))
                .toList());
    }

    private Outcome bash(String script, Path jdk, String file) throws IOException, InterruptedException {
        return start(List.of(
                "bash",
                "-c",
                script.formatted("'" + jdk + "'"),
                root.resolve(file).toString()));
    }

    private Outcome start(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        return new Outcome(process.waitFor(), output);
    }

    private static String makeJars() {
        StringBuilder script = new StringBuilder();
        for (String module : MODULES) {
            String jar = module + "/target/" + Path.of(module).getFileName() + "-0.1.0-SNAPSHOT";
            script.append("mkdir -p ").append(module).append("/target; ");
            script.append("touch ").append(jar).append(".jar; ");
            script.append("touch -d 2001-01-01 ").append(jar).append("-exec.jar; ");
        }
        return script.toString();
    }

    private static void program(Path file, String script) throws IOException {
        write(file, "#!/usr/bin/env bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
