package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alert rules as Prometheus itself reads them; skipped where its promtool is not installed. */
class AlertRulesTest {

    private static final Path FOLDER = Path.of("..", "observability", "prometheus");

    private static List<String> named(String pattern, String file) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(FOLDER.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void everyRuleIsFiredByATest() throws IOException {
        assertThat(named("^  - name: (\\w+)$", "tests/rules_test.yaml"))
                .containsExactlyElementsOf(named("^ +- alert: (\\w+)$", "rules.yaml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check rules rules.yaml",
                "check config scrape.yaml",
                "check config local.yaml",
                "test rules tests/rules_test.yaml"
            })
    void prometheusFindsNothingWrong(String command) throws Exception {
        assumeThat(isInstalled())
                .as("promtool is not installed, so the alert rules are not tried (Debian: apt-get install prometheus)")
                .isTrue();
        Process promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Arrays.stream(command.split(" ")))
                        .toList())
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
