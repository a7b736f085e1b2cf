package org.casewire.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The folder of the manifests, as it is in the repository. */
final class Folder {

    static final Path HERE = Path.of("").toAbsolutePath();
    static final List<String> OVERLAYS = List.of("twin", "production", "production-hpa", "production-prometheus");

    private Folder() {}

    static List<Path> files(String ending) {
        try (Stream<Path> all = Stream.of("base", "components", "overlays").flatMap(Folder::walk)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static Stream<Path> walk(String folder) {
        try {
            return Files.walk(HERE.resolve(folder)).filter(Files::isRegularFile);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<Path> kustomizations() {
        return files("/kustomization.yaml");
    }

    /** All documents that are Kubernetes' own or an operator's. */
    static List<Manifest> manifests() {
        return files(".yaml").stream()
                .filter(file -> !file.endsWith("kustomization.yaml") && !file.endsWith("sites.yaml"))
                .flatMap(file -> documents(HERE.relativize(file).toString(), read(file)))
                .toList();
    }

    static List<Manifest> manifests(String folder) {
        return manifests().stream().filter(one -> one.file().startsWith(folder)).toList();
    }

    /** A file may also hold a list of operations on another document; that is no manifest. */
    @SuppressWarnings("unchecked")
    static Stream<Manifest> documents(String file, String yaml) {
        return Stream.of(yaml)
                .flatMap(text -> {
                    Stream.Builder<Object> documents = Stream.builder();
                    yaml().loadAll(text).forEach(documents);
                    return documents.build();
                })
                .filter(Map.class::isInstance)
                .map(document -> new Manifest(file, (Map<String, Object>) document));
    }

    static Map<String, Object> kustomization(Path file) {
        return yaml().load(read(file));
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    static Properties settings(Path file) {
        try (var lines = Files.newBufferedReader(file)) {
            Properties settings = new Properties();
            settings.load(lines);
            return settings;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
