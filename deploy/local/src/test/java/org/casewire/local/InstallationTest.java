package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.casewire.local.cache.Cache;
import org.casewire.local.process.Processes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    @TempDir
    Path root;

    @Test
    void whatWasNotBuiltIsNamedWithTheWayToBuildIt() throws IOException {
        Installation installation = new Installation(root);
        touch(installation.jar(Service.INGEST));

        assertThatThrownBy(installation::requireBuilt)
                .isInstanceOf(Options.Refused.class)
                .hasMessageContaining("outbound-service/target/outbound-service-0.1.0-SNAPSHOT-exec.jar")
                .hasMessageContaining("deploy/twilio-twin/target/twilio-twin-0.1.0-SNAPSHOT.jar")
                .hasMessageNotContaining("webhook-ingest-service")
                .hasMessageContaining("mvn -DskipTests package");
    }

    @Test
    void everyJarInItsPlaceIsEnough() throws IOException {
        Installation installation = new Installation(root);
        for (Service service : Service.values()) {
            touch(installation.jar(service));
        }
        touch(installation.frontDoorJar());
        touch(installation.twinJar());

        assertThatCode(installation::requireBuilt).doesNotThrowAnyException();
    }

    @Test
    void aJarThatIsNoSpringBootJarIsStartedAsItIs() throws Exception {
        Path jar = Path.of(
                Test.class.getProtectionDomain().getCodeSource().getLocation().toURI());

        assertThat(new Application(jar, "any")
                        .laidOut(new Cache(root), new Jvm(root), root.resolve("log"), nothingToStart()))
                .isEqualTo(jar);
    }

    private Processes nothingToStart() {
        return new Processes(root, Parts.STOP_ORDER, (part, exitCode) -> {});
    }

    private static void touch(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }
}
