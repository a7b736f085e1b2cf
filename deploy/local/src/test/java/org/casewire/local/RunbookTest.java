package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunbookTest {

    private static final Path OBSERVABILITY = Path.of("..", "observability");

    private static List<String> found(String pattern, String file) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(OBSERVABILITY.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void everyAlertHasItsSectionInTheRunbookAndNamesIt() throws IOException {
        List<String> alerts = found("^ +- alert: (\\w+)$", "prometheus/rules.yaml");
        assertThat(alerts).isNotEmpty().doesNotHaveDuplicates();
        assertThat(found("^### (\\w+)$", "README.md")).containsExactlyElementsOf(alerts);
        assertThat(found("^ +runbook: deploy/observability/README.md#(\\w+)$", "prometheus/rules.yaml"))
                .containsExactlyElementsOf(alerts.stream()
                        .map(alert -> alert.toLowerCase(Locale.ROOT))
                        .toList());
    }
}
