package org.casewire.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MainTest {

    /** The scripts beside this module; launch is what they share. */
    private static List<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.contains(".") && !name.equals("launch"))
                    .toList();
        }
    }

    @Test
    void everyScriptIsACommandThatExplainsItself() throws IOException {
        assertThat(scripts()).contains("dead-letters", "rewind", "reconcile").allSatisfy(script -> {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), script, "--help"))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString()).contains("Usage: deploy/ops/" + script);
        });
    }

    @Test
    void anUnknownCommandIsToldWhichThereAre() {
        StringWriter err = new StringWriter();
        assertThat(Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), "reply"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("dead-letters", "rewind");
    }
}
