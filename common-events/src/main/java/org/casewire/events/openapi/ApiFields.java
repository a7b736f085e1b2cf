package org.casewire.events.openapi;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import io.swagger.v3.core.util.AnnotationsUtils;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which fields are there and which may be null, read from the records: an answer has every field, null where it is
 * {@code @Nullable}; what is asked for must hold the fields that say so ({@code @Schema(requiredMode)}), and null is
 * taken as leaving out unless the field says that it is not ({@code @JsonSetter(nulls = FAIL)}). A type with two shapes
 * is two schemas then, the one that is asked for with {@code Input} behind its name.
 */
final class ApiFields {

    private static final String REFERENCE = "#/components/schemas/";
    private static final String INPUT = "Input";

    private final Map<String, Schema> schemas;
    private final ApiTypeNames names;

    private ApiFields(Map<String, Schema> schemas, ApiTypeNames names) {
        this.schemas = schemas;
        this.names = names;
    }

    static void complete(OpenAPI api, ApiTypeNames names) {
        new ApiFields(api.getComponents().getSchemas(), names)
                .complete(api.getPaths().values().stream()
                        .flatMap(path -> path.readOperations().stream())
                        .toList());
    }

    private void complete(List<Operation> operations) {
        List<Schema<?>> asked = operations.stream()
                .filter(operation -> operation.getRequestBody() != null)
                .flatMap(operation -> schemasOf(operation.getRequestBody().getContent()))
                .toList();
        List<Schema<?>> answered = operations.stream()
                .flatMap(operation -> operation.getResponses().values().stream())
                .flatMap(response -> schemasOf(response.getContent()))
                .toList();
        Map<String, Schema<?>> inputs = shaped(reached(asked), true);
        Map<String, Schema<?>> outputs = shaped(reached(answered), false);
        Set<String> twofold = twofold(inputs, outputs);
        inputs.values().forEach(schema -> renameReferences(schema, twofold));
        asked.forEach(schema -> renameReferences(schema, twofold));
        schemas.clear();
        inputs.forEach((name, schema) -> schemas.put(twofold.contains(name) ? name + INPUT : name, schema));
        schemas.putAll(outputs);
    }

    private static Stream<Schema<?>> schemasOf(@Nullable Content content) {
        return content == null
                ? Stream.empty()
                : content.values().stream()
                        .filter(media -> media.getSchema() != null)
                        .map(media -> (Schema<?>) media.getSchema());
    }

    /** The names of all schemas that are used, through whatever others. */
    private Set<String> reached(List<Schema<?>> from) {
        Set<String> reached = new TreeSet<>();
        List<Schema<?>> next = new ArrayList<>(from);
        while (!next.isEmpty()) {
            references(next.removeLast()).filter(reached::add).map(schemas::get).forEach(next::add);
        }
        return reached;
    }

    private Map<String, Schema<?>> shaped(Set<String> wanted, boolean isAsked) {
        Map<String, Schema<?>> shaped = new TreeMap<>();
        wanted.forEach(name -> {
            Schema<?> schema = AnnotationsUtils.clone(schemas.get(name), true);
            names.typeOf(name).filter(Class::isRecord).ifPresent(type -> shape(schema, type, isAsked));
            shaped.put(name, schema);
        });
        return shaped;
    }

    private static void shape(Schema<?> schema, Class<?> type, boolean isAsked) {
        Set<String> needed = schema.getRequired() == null ? Set.of() : Set.copyOf(schema.getRequired());
        Set<String> required = new LinkedHashSet<>();
        fields(type).forEach(field -> {
            String name = field.getName();
            boolean isNeeded = needed.contains(name);
            boolean mayBeNull = isAsked
                    ? !field.getType().isPrimitive() && !refusesNull(field)
                    : field.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (isNeeded || !isAsked) {
                required.add(name);
            }
            if (!isNeeded && mayBeNull) {
                schema.getProperties().computeIfPresent(name, (same, value) -> orNull(value));
            }
        });
        schema.setRequired(required.isEmpty() ? null : List.copyOf(required));
    }

    private static Stream<RecordComponent> fields(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(field -> field.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? fields(field.getType())
                        : Stream.of(field));
    }

    private static boolean refusesNull(RecordComponent field) {
        JsonSetter reading = field.getAccessor().getAnnotation(JsonSetter.class);
        return reading != null && reading.nulls() == Nulls.FAIL;
    }

    private static Schema<?> orNull(Schema<?> value) {
        if (value.get$ref() != null) {
            Schema<?> reference = new JsonSchema().$ref(value.get$ref());
            Schema<?> nothing = new JsonSchema().types(Set.of("null"));
            return new JsonSchema().anyOf(List.of(reference, nothing)).description(value.getDescription());
        }
        Set<String> types = new LinkedHashSet<>(value.getTypes());
        types.add("null");
        value.setTypes(types);
        if (value.getEnum() != null) {
            value.addEnumItemObject(null);
        }
        return value;
    }

    /** Those that differ between what is asked for and what is answered, and those that hold one. */
    private static Set<String> twofold(Map<String, Schema<?>> inputs, Map<String, Schema<?>> outputs) {
        Set<String> twofold = new TreeSet<>();
        boolean hasGrown = true;
        while (hasGrown) {
            hasGrown = inputs.entrySet().stream()
                    .filter(input -> outputs.containsKey(input.getKey()))
                    .filter(input -> !input.getValue().equals(outputs.get(input.getKey()))
                            || references(input.getValue()).anyMatch(twofold::contains))
                    .map(input -> twofold.add(input.getKey()))
                    .reduce(false, Boolean::logicalOr);
        }
        return twofold;
    }

    private static void renameReferences(Schema<?> schema, Set<String> twofold) {
        everyPart(schema)
                .filter(part -> part.get$ref() != null)
                .filter(part -> twofold.contains(part.get$ref().substring(REFERENCE.length())))
                .forEach(part -> part.set$ref(part.get$ref() + INPUT));
    }

    private static Stream<String> references(Schema<?> schema) {
        return everyPart(schema)
                .filter(part -> part.get$ref() != null)
                .map(part -> part.get$ref().substring(REFERENCE.length()));
    }

    private static Stream<Schema<?>> everyPart(Schema<?> schema) {
        List<Schema<?>> parts = new ArrayList<>();
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(parts::add);
        }
        if (schema.getItems() != null) {
            parts.add(schema.getItems());
        }
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            parts.add(values);
        }
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(parts::add);
        }
        return Stream.concat(Stream.of(schema), parts.stream().flatMap(ApiFields::everyPart));
    }
}
