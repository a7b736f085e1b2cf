package org.casewire.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents in {@code docs/contract}, as they are in the repository. With {@code -Dcontract.write} they are written
 * instead of compared; with {@code -Dcontract.publish} what is new also becomes part of what must stay.
 */
final class Committed {

    private static final Path FOLDER = Path.of("..", "docs", "contract");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = JSON.writer().with(new DefaultPrettyPrinter().withObjectIndenter(LINES));

    private Committed() {}

    private static boolean isWriting() {
        return System.getProperty("contract.write") != null || isPublishing();
    }

    private static boolean isPublishing() {
        return System.getProperty("contract.publish") != null;
    }

    /** Fails when the repository's copy is not this, unless it is to be written. */
    static void requireSame(String file, JsonNode now, String command) {
        if (isWriting()) {
            write(file, now);
        }
        List<String> differing = new ArrayList<>();
        addDifferences("", Files.exists(FOLDER.resolve(file)) ? read(file) : JSON.nullNode(), reread(now), differing);
        assertThat(differing)
                .as(
                        "docs/contract/%s is not what the code says, here. If the change is meant, write the file anew and commit it: %s",
                        file, command)
                .isEmpty();
    }

    /** As it is once it was written: a number has one kind there. */
    private static JsonNode reread(JsonNode node) {
        return JSON.readTree(node.toString());
    }

    private static void addDifferences(String place, JsonNode committed, JsonNode now, List<String> differing) {
        if (committed.isObject() && now.isObject()) {
            Set<String> names = new LinkedHashSet<>(committed.propertyNames());
            names.addAll(now.propertyNames());
            names.forEach(name -> addDifferences(place + "/" + name, committed.path(name), now.path(name), differing));
        } else if (!committed.equals(now)) {
            differing.add("%s: committed %s, now %s".formatted(place, shown(committed), shown(now)));
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    /** Fails when a folder holds more than these, unless it is to be written. */
    static void requireOnly(String folder, Set<String> names) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            for (Path file : files.toList()) {
                boolean isWanted = names.contains(file.getFileName().toString());
                if (!isWanted && isWriting()) {
                    Files.delete(file);
                } else {
                    assertThat(isWanted).as("%s is of the contract", file).isTrue();
                }
            }
        }
    }

    /** Fails with what is broken; what passes may become the new baseline. */
    static void requireCompatible(String file, JsonNode now, List<String> broken) {
        assertThat(broken).as("""
                        What other systems rely on was broken, compared with docs/contract/%s. Each line names the place \
                        and what to do; docs/contract/README.md says more""", file).isEmpty();
        if (isPublishing()) {
            write(file, now);
        }
    }

    static boolean isThere(String file) {
        return Files.exists(FOLDER.resolve(file));
    }

    static JsonNode read(String file) {
        try {
            return JSON.readTree(Files.readString(FOLDER.resolve(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(String file, JsonNode document) {
        try {
            Path target = FOLDER.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, WRITER.writeValueAsString(document) + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
