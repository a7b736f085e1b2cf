package org.casewire.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One document of a manifest.
 *
 * @param file where it stands
 */
record Manifest(String file, Map<String, Object> content) {

    String kind() {
        return String.valueOf(content.get("kind"));
    }

    String apiVersion() {
        return String.valueOf(content.get("apiVersion"));
    }

    String name() {
        return String.valueOf(at("metadata", "name"));
    }

    /** Whether it is this thing and not a change of it. */
    boolean isA(String kind, String name) {
        return kind().equals(kind) && name().equals(name);
    }

    Object at(String... path) {
        return at(content, path);
    }

    static Object at(Object from, String... path) {
        Object found = from;
        for (String step : path) {
            found = found instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Object from, String... path) {
        return Objects.requireNonNullElse((List<Map<String, Object>>) at(from, path), List.of());
    }

    boolean hasPods() {
        return kind().equals("Deployment") || kind().equals("StatefulSet");
    }

    Object pod() {
        return at("spec", "template", "spec");
    }

    List<Map<String, Object>> containers() {
        return list(pod(), "containers");
    }

    /** Every map in it, itself first. */
    Stream<Map<?, ?>> parts() {
        List<Map<?, ?>> parts = new ArrayList<>();
        collect(content, parts);
        return parts.stream();
    }

    private static void collect(Object node, List<Map<?, ?>> parts) {
        if (node instanceof Map<?, ?> map) {
            parts.add(map);
            map.values().forEach(value -> collect(value, parts));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collect(value, parts));
        }
    }

    @Override
    public String toString() {
        return "%s: %s %s".formatted(file, kind(), name());
    }
}
