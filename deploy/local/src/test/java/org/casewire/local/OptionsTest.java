package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void nothingAskedForMeansPort8080AndDataThatIsThrownAway() {
        assertThat(Options.parse(List.of())).isEqualTo(new Options(8080, null, null, null, false));
    }

    @Test
    void everyOptionIsUnderstood() {
        Options options = Options.parse(List.of(
                "--base-port",
                "9000",
                "--data",
                "/tmp/some data",
                "--no-build",
                "--stack=/tmp/stack.json",
                "--traces",
                "http://127.0.0.1:4318"));

        assertThat(options)
                .isEqualTo(new Options(
                        9000, Path.of("/tmp/some data"), Path.of("/tmp/stack.json"), "http://127.0.0.1:4318", false));
    }

    @Test
    void relativePathsStartAtTheCurrentDirectory() {
        assertThat(Options.parse(List.of("--data", "here")).data())
                .isEqualTo(Path.of("").toAbsolutePath().resolve("here"));
    }

    @Test
    void helpMayStandAnywhere() {
        assertThat(Options.parse(List.of("--base-port", "9000", "--help")).help())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--port 8080, There is no option --port.",
        "--data, --data needs a value.",
        "--data --no-build, --data needs a value.",
        "start, There is no option start."
    })
    void whatCannotBeFollowedIsNamed(String arguments, String message) {
        assertThatThrownBy(() -> Options.parse(List.of(arguments.split(" "))))
                .isInstanceOf(Options.Refused.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65520", "99999999", "eighty", "-1", "80.5"})
    void aBasePortThatLeavesNoRoomForTheOthersIsRefused(String port) {
        assertThatThrownBy(() -> Options.parse(List.of("--base-port", port)))
                .isInstanceOf(Options.Refused.class)
                .hasMessageContaining("from 1 to 65519")
                .hasMessageContaining(port);
    }
}
