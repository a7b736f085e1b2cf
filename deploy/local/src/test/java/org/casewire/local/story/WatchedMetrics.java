package org.casewire.local.story;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that alert rules and dashboards name, and those there are. */
final class WatchedMetrics {

    private static final Path OBSERVABILITY = Path.of("..", "observability");
    private static final Pattern NAME =
            Pattern.compile("\\b(?:casewire|kafka|hikaricp|http_server|process|jvm)_[a-z0-9_]+\\b");
    private static final Pattern LITERAL = Pattern.compile("\"(casewire\\.[a-z.]+)\"");

    /** What Micrometer makes of a name for Prometheus, by kind and unit. */
    private static final List<String> ENDS =
            List.of("", "_total", "_seconds", "_seconds_count", "_seconds_bucket", "_seconds_max", "_bytes");

    private WatchedMetrics() {}

    /** Those that no service has: a counter that has counted nothing yet is known by its name in the sources alone. */
    static Set<String> missing(RunningStack stack) throws IOException, InterruptedException {
        Set<String> missing = named();
        missing.removeAll(told(stack.managementPorts()));
        missing.removeAll(declared());
        return missing;
    }

    static Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String file : List.of("prometheus/rules.yaml", "grafana/casewire.json")) {
            named.addAll(all(NAME, Files.readString(OBSERVABILITY.resolve(file)), 0));
        }
        return named;
    }

    private static Set<String> all(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(group))
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> told(List<Integer> ports) throws IOException, InterruptedException {
        Set<String> told = new TreeSet<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int port : ports) {
                URI metrics = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
                String text = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                        .body();
                text.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("[{ ]", 2)[0])
                        .forEach(told::add);
            }
        }
        return told;
    }

    private static Set<String> declared() throws IOException {
        try (Stream<Path> services = Files.list(Path.of("..", ".."));
                Stream<Path> others = Files.list(Path.of(".."))) {
            return Stream.concat(services, others)
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(WatchedMetrics::literals)
                    .flatMap(name -> ENDS.stream().map(end -> name.replace('.', '_') + end))
                    .collect(toCollection(TreeSet::new));
        }
    }

    private static Stream<String> literals(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> all(LITERAL, read(file), 1).stream())
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
