package org.casewire.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import tools.jackson.databind.json.JsonMapper;

/** Every property that the services read, Spring Boot's own among them. */
final class KnownSettings {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(casewire\\.[a-z0-9.-]+)");

    private final Set<String> names = new TreeSet<>();
    private final Map<String, String> defaults = new TreeMap<>();

    KnownSettings() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        scan.findCandidateComponents("org.casewire").forEach(found -> {
            try {
                Class<?> type = Class.forName(
                        found.getBeanClassName(), false, getClass().getClassLoader());
                add(type.getAnnotation(ConfigurationProperties.class).value(), type);
            } catch (ClassNotFoundException missing) {
                throw new IllegalStateException(missing);
            }
        });
        resources("META-INF/spring-configuration-metadata.json")
                .forEach(text -> JsonMapper.shared()
                        .readTree(text)
                        .path("properties")
                        .forEach(property -> names.add(property.get("name").asString())));
        // Read by a condition alone.
        names.add("casewire.identity.enabled");
        for (String file : List.of("casewire-service.yaml", "application.yaml")) {
            resources(file).forEach(this::addPlaceholders);
        }
    }

    private void addPlaceholders(String yaml) {
        Matcher placeholders = PLACEHOLDER.matcher(yaml);
        while (placeholders.find()) {
            names.add(placeholders.group(1));
        }
    }

    private static List<String> resources(String name) {
        try {
            List<URL> found =
                    Collections.list(KnownSettings.class.getClassLoader().getResources(name));
            return found.stream().map(KnownSettings::read).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(URL resource) {
        try (InputStream file = resource.openStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void add(String prefix, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            add(prefix + ".*", generic.getActualTypeArguments()[1]);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            for (RecordComponent component : record.getRecordComponents()) {
                String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
                add(prefix + "." + name, component.getGenericType());
                addDefault(prefix + "." + name, record, component.getName());
            }
        } else {
            names.add(prefix);
        }
    }

    /** Where the annotation of a component is kept depends on what it may stand on: its parameter has it. */
    private void addDefault(String name, Class<?> record, String component) {
        for (Parameter parameter : record.getDeclaredConstructors()[0].getParameters()) {
            DefaultValue value = parameter.getAnnotation(DefaultValue.class);
            if (parameter.getName().equals(component) && value != null) {
                defaults.put(name, String.join(",", value.value()));
            }
        }
    }

    /** What a setting is when nobody sets it, empty when that is nothing or said elsewhere. */
    String defaultOf(String property) {
        return defaults.getOrDefault(property, "");
    }

    /** All of Casewire's own. */
    Set<String> own() {
        Set<String> own = new TreeSet<>(names);
        own.removeIf(name -> !name.startsWith("casewire."));
        return own;
    }

    boolean knows(String property) {
        return names.stream()
                .anyMatch(name -> Pattern.matches(
                        Pattern.quote(name).replace("*", "\\E[^.]+\\Q"), property.replaceAll("\\[\\d+]$", "")));
    }

    /** As Spring Boot reads environment variables: dots are underscores, dashes are left out. */
    boolean knowsVariable(String variable) {
        return names.stream().anyMatch(name -> {
            String exact = name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
            String dashed = name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
            return Pattern.matches(exact.replace("*", "[A-Z0-9]+"), variable)
                    || Pattern.matches(dashed.replace("*", "[A-Z0-9_]+"), variable);
        });
    }
}
