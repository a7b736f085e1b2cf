package org.casewire.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.casewire.twin.account.AccountSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void theOptionsHaveSensibleDefaults() throws Exception {
        Options options = Options.of("--config", "accounts.json");

        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(8085);
        assertThat(options.data()).isNull();
        assertThat(options.carrierDelay()).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "--port 9000,--config is missing",
        "--config a.json --port x,--port must be a number",
        "--config a.json --port 70000,--port must be a number",
        "--config a.json --connect-to http://localhost:8080,--connect-to must be two origins",
        "--config a.json --connect-to http://a/b=http://c,--connect-to must be two origins",
        "--config a.json --frobnicate 1,Unknown option --frobnicate",
        "--config,--config needs a value"
    })
    void aWrongOptionIsNamed(String line, String complaint) {
        assertThatThrownBy(() -> Options.of(line.split(" "))).hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {                                                                                | is not JSON
                    {}                                                                               | names no account
                    {"accounts":[{"sid":"AC1"}]}                                                     | accounts[0].sid
                    {"accounts":[{"sid":"AC00000000000000000000000000000001"}]}                      | accounts[0].authToken
                    """)
    void aWrongConfigurationFileIsExplained(String content, String complaint, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("accounts.json"), content);

        assertThatThrownBy(() -> AccountSettings.read(file)).hasMessageContaining(complaint);
    }

    @Test
    void aTokenIsNeverPrinted(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("accounts.json"),
                "{\"accounts\":[{\"sid\":\"AC00000000000000000000000000000001\",\"authToken\":\"hush\"}]}");

        assertThat(AccountSettings.read(file).toString()).doesNotContain("hush");
    }
}
