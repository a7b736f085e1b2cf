package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SummaryTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-z]");
    private static final Pattern JSON = Pattern.compile("'(\\{.*})'");

    @TempDir
    Path folder;

    private Path stackFile;
    private String summary;

    @BeforeEach
    void everythingIsReady() throws IOException {
        StackDescription stack = new StackDescription(
                "http://127.0.0.1:9000",
                "http://127.0.0.1:9000",
                Map.of(),
                new StackDescription.Pids(1, 2, 3, 4, 5),
                "/data/logs",
                "127.0.0.1:9006",
                new StackDescription.Postgres("postgresql://127.0.0.1:9007/postgres", "jdbc", "postgres", "p"),
                new StackDescription.Twilio("http://127.0.0.1:9005", "AC1", "t", "+14045550199"),
                new StackDescription.Tokens("ey.staff", "ey.admin", "ey.service", "ey.operator"),
                new StackDescription.Users("maria", "sam"));
        stackFile = Files.writeString(folder.resolve("stack file.json"), stack.json());
        Secrets secrets = new Secrets(folder.resolve("secrets.properties"));
        summary = Summary.of(stack, stackFile, secrets, Path.of("/the clone"), Duration.ofMillis(12_345));
        assertThat(summary).contains(secrets.signInPassword("maria")).contains(secrets.signInPassword("sam"));
    }

    @Test
    void nothingIsLeftOpen() {
        assertThat(summary).contains("ready after 12.3 s").doesNotContainPattern(PLACEHOLDER);
    }

    @Test
    void everyBodyIsJsonThatNamesTheDemoSitesPeople() {
        assertThat(JSON.matcher(summary).results().map(MatchResult::group))
                .hasSize(3)
                .allSatisfy(body -> {
                    JsonNode read = JsonMapper.shared().readTree(body.substring(1, body.length() - 1));
                    assertThat(read.path("to").asString()).startsWith("+1404555");
                });
    }

    @Test
    void theTokenInTheCommandIsTheStaffToken() throws Exception {
        Matcher command = Pattern.compile("\\$\\((sed .*)\\)\"").matcher(summary);
        assertThat(command.find()).isTrue();

        Process sed = new ProcessBuilder("bash", "-c", command.group(1)).start();

        assertThat(new String(sed.getInputStream().readAllBytes()).strip()).isEqualTo("ey.staff");
    }
}
