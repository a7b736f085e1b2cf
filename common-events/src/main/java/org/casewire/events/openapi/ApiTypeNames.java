package org.casewire.events.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What types are called in the OpenAPI documents: a nested one after the one around it, without what only says where
 * in the code it stands. Two types of one name would silently be one schema; that fails instead.
 */
final class ApiTypeNames extends TypeNameResolver {

    /** Of the whole JVM, as the library's converters are: in tests several applications share them. */
    private static final Map<String, Class<?>> TAKEN = new ConcurrentHashMap<>();

    @Override
    protected String getNameOfClass(Class<?> type) {
        String name = nameOf(type);
        Class<?> before = TAKEN.putIfAbsent(name, type);
        if (before != null && before != type) {
            throw new IllegalStateException("%s and %s are both called %s in the API: name one with @Schema(name)"
                    .formatted(before.getName(), type.getName(), name));
        }
        return name;
    }

    /** The type a schema was made from; of a list's page the page, whatever stands on it. */
    Optional<Class<?>> typeOf(String schema) {
        return Optional.<Class<?>>ofNullable(TAKEN.get(schema))
                .or(() -> TAKEN.values().stream()
                        .filter(type -> type.getTypeParameters().length > 0 && schema.startsWith(nameOf(type)))
                        .findFirst());
    }

    private static String nameOf(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        String own = type.getSimpleName();
        if (around == null || around.isAssignableFrom(type)) {
            return own;
        }
        String prefix = nameOf(around).replaceFirst("(Controller|Views?)$", "");
        return own.startsWith(prefix) ? own : prefix + own;
    }
}
