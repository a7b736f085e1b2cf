package org.casewire.twin.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One operation below {@code /2010-04-01/Accounts/{AC}} or {@code /v1}; {@code {}} stands for any one segment. */
public record Route(String method, List<String> template, Function<Call, Answer> handler) {

    private static final String PLACEHOLDER = "{}";

    /** Reads a template such as {@code Messages/{}/Media.json}. */
    public static Route of(String method, String template, Function<Call, Answer> handler) {
        return new Route(method, List.of(template.split("/")), handler);
    }

    /** What stands for the placeholders, or null when the path is another one. */
    @Nullable
    List<String> match(List<String> path) {
        if (path.size() != template.size()) {
            return null;
        }
        List<String> variables = new ArrayList<>(2);
        for (int i = 0; i < path.size(); i++) {
            if (!matches(template.get(i), path.get(i), variables)) {
                return null;
            }
        }
        return variables;
    }

    private static boolean matches(String expected, String given, List<String> variables) {
        if (!expected.startsWith(PLACEHOLDER)) {
            return expected.equals(given);
        }
        String suffix = expected.substring(PLACEHOLDER.length());
        String variable = given.substring(0, Math.max(0, given.length() - suffix.length()));
        variables.add(variable);
        return given.endsWith(suffix) && !variable.isEmpty();
    }
}
