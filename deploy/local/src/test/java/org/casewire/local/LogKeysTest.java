package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a log line says is said under a name of the dictionary that operators have, and under no other. */
class LogKeysTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern KEY = Pattern.compile("addKeyValue\\(\\s*\"([^\"]*)\"");
    private static final Pattern ANY = Pattern.compile("addKeyValue\\(");
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);

    private static Set<String> documented() throws IOException {
        String page = Files.readString(ROOT.resolve("deploy/observability/README.md"));
        String dictionary = page.substring(page.indexOf("## What a log line says"), page.indexOf("## What waits"));
        return ROW.matcher(dictionary)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> !file.toString().contains("/bench/"))
                    .map(LogKeysTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void theDictionaryHoldsEveryKeyAndNoOther() throws IOException {
        Set<String> used = sources().stream()
                .flatMap(source -> KEY.matcher(source).results())
                .map(key -> key.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).hasSizeGreaterThan(20).isEqualTo(documented());
    }

    @Test
    void aKeyIsWrittenWhereItIsUsed() throws IOException {
        assertThat(sources())
                .allSatisfy(source -> assertThat(KEY.matcher(source).results().count())
                        .isEqualTo(ANY.matcher(source).results().count()));
    }
}
