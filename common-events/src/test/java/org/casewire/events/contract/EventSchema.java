package org.casewire.events.contract;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.Event;
import org.casewire.events.RemindBefore;
import org.casewire.events.SampleEvents;
import org.casewire.events.transport.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of one event, made from its record. What an upstream must give is found out by leaving it out of the
 * sample; what Casewire writes is always there, and null only where the record says so.
 */
final class EventSchema {

    static final String WRITER = "x-written-by";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ID = "^[^/|\\u0000-\\u001F\\u007F]{1,100}$";

    private static final Map<Class<?>, String> TYPES = Map.ofEntries(
            Map.entry(String.class, "string"),
            Map.entry(ZoneId.class, "string"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(int.class, "integer"),
            Map.entry(Integer.class, "integer"),
            Map.entry(Long.class, "integer"),
            Map.entry(double.class, "number"),
            Map.entry(Double.class, "number"));

    private static final Map<Class<?>, String> FORMATS = Map.of(
            UUID.class, "uuid",
            Instant.class, "date-time",
            LocalDate.class, "date",
            Duration.class, "duration",
            RemindBefore.class, "duration");

    /** The shapes of names; they are checked where an upstream writes them. */
    private static final Map<String, String> PATTERNS = Map.of(
            "site", "^[a-z0-9-]{1,40}$",
            "id", ID,
            "userId", ID,
            "contactId", ID,
            "entryId", ID,
            "activityId", ID);

    private final Event sample;
    private final JsonNode golden;
    private final Writer writer;

    EventSchema(Event sample) {
        this.sample = sample;
        this.golden = WireJson.MAPPER.valueToTree(SampleEvents.whole(sample));
        this.writer = Writer.of(sample);
    }

    ObjectNode schema() {
        ObjectNode schema = object(sample.getClass(), "");
        addWhatFieldsMeanTogether(schema);
        schema.put(WRITER, writer.word());
        return schema;
    }

    /** A request must name its message and its number and hold something to send; it is refused afterwards, not unreadable. */
    private void addWhatFieldsMeanTogether(ObjectNode schema) {
        switch (sample.getClass().getSimpleName()) {
            case "SendRequested" -> {
                require(schema, "messageId", "to");
                anyOf(schema, given("body"), given("quickEntry"), given("mediaUrls"));
                schema.putObject("not").putArray("allOf").addAll(List.of(given("body"), given("quickEntry")));
                property(schema, "mediaUrls").ifPresent(urls -> urls.put("maxItems", 10));
                property(schema, "attributes").ifPresent(attributes -> attributes.put("maxProperties", 10));
            }
            case "SendCancelled" -> require(schema, "messageId", "to");
            case "CalendarEntryChanged" -> {
                ArrayNode required = (ArrayNode) schema.get("required");
                required.removeIf(name -> name.asString().equals("startsAt"));
                property(schema, "startsAt").ifPresent(EventSchema::nullable);
                ObjectNode cancelled = NODES.objectNode();
                cancelled.putObject("properties").putObject("cancelled").put("const", true);
                cancelled.putArray("required").add("cancelled");
                anyOf(schema, given("startsAt"), cancelled);
            }
            default -> {}
        }
    }

    /** Empty when the record lost the field: that is for the comparison with what was published to say. */
    private static Optional<ObjectNode> property(ObjectNode schema, String name) {
        return Optional.ofNullable((ObjectNode) schema.get("properties").get(name));
    }

    /** What the record does without, and what comes of it does not; a record may ask for it itself. */
    private static void require(ObjectNode schema, String... names) {
        for (String name : names) {
            property(schema, name)
                    .filter(property -> property.get("type").isArray())
                    .ifPresent(property -> {
                        schema.withArray("required").add(name);
                        property.put("type", property.get("type").get(0).asString());
                    });
        }
    }

    private static void anyOf(ObjectNode schema, ObjectNode... choices) {
        schema.putArray("anyOf").addAll(List.of(choices));
    }

    private static ObjectNode given(String field) {
        ObjectNode given = NODES.objectNode();
        given.putArray("required").add(field);
        given.putObject("properties").putObject(field).putObject("not").put("type", "null");
        return given;
    }

    private ObjectNode object(Class<?> type, String path) {
        ObjectNode schema = NODES.objectNode();
        schema.put("type", "object");
        String words = Descriptions.of(type);
        if (!words.isEmpty()) {
            schema.put("description", words);
        }
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        addFields(type, path, properties, required);
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private void addFields(Class<?> type, String path, ObjectNode properties, ArrayNode required) {
        for (RecordComponent field : type.getRecordComponents()) {
            String place = path + "/" + field.getName();
            if (field.getAccessor().isAnnotationPresent(JsonUnwrapped.class) || isUnwrapped(type, field)) {
                addFields(field.getType(), path, properties, required);
                continue;
            }
            boolean isNeeded = writer.isAsked() ? isNeeded(place) : true;
            boolean mayBeNull =
                    writer.isAsked() ? !isNeeded : field.getAnnotatedType().isAnnotationPresent(Nullable.class);
            ObjectNode value = value(field.getGenericType(), field.getName(), place);
            Descriptions.of(type, field.getName()).ifPresent(words -> value.put("description", words));
            properties.set(field.getName(), mayBeNull ? nullable(value) : value);
            if (isNeeded) {
                required.add(field.getName());
            }
        }
    }

    private static boolean isUnwrapped(Class<?> type, RecordComponent field) {
        try {
            return type.getDeclaredField(field.getName()).isAnnotationPresent(JsonUnwrapped.class);
        } catch (NoSuchFieldException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Whether the sample can no longer be read when the field is left out. */
    private boolean isNeeded(String place) {
        JsonNode json = golden.deepCopy();
        int slash = place.lastIndexOf('/');
        if (!(json.at(place.substring(0, slash)) instanceof ObjectNode parent)
                || parent.remove(place.substring(slash + 1)) == null) {
            throw new IllegalStateException("The sample of " + sample.getClass().getSimpleName() + " lacks " + place);
        }
        try {
            return !WireJson.read(WireJson.MAPPER.writeValueAsBytes(json), sample.getClass())
                    .problems()
                    .isEmpty();
        } catch (JacksonException unreadable) {
            return true;
        }
    }

    private ObjectNode value(Type type, String name, String place) {
        return switch (type) {
            case ParameterizedType generic
            when Collection.class.isAssignableFrom((Class<?>) generic.getRawType()) -> {
                ObjectNode list = NODES.objectNode().put("type", "array");
                list.set("items", value(generic.getActualTypeArguments()[0], "", place + "/0"));
                yield list;
            }
            case ParameterizedType generic -> map(generic, place);
            case Class<?> single -> single(single, name, place);
            default -> throw new IllegalStateException("No schema for " + type + " of " + place);
        };
    }

    private ObjectNode map(ParameterizedType generic, String place) {
        ObjectNode map = NODES.objectNode().put("type", "object");
        Class<?> key = (Class<?>) generic.getActualTypeArguments()[0];
        Type value = generic.getActualTypeArguments()[1];
        if (!key.isEnum()) {
            map.set("additionalProperties", value(value, "", place));
            return map;
        }
        ObjectNode properties = map.putObject("properties");
        Arrays.stream(key.getEnumConstants())
                .map(Object::toString)
                .forEach(constant -> properties.set(constant, value(value, "", place + "/" + constant)));
        return map;
    }

    private ObjectNode single(Class<?> type, String name, String place) {
        if (type.isRecord() && !FORMATS.containsKey(type)) {
            return object(type, place);
        }
        ObjectNode value = NODES.objectNode();
        value.put("type", TYPES.getOrDefault(type, "string"));
        if (type.isEnum()) {
            ArrayNode constants = value.putArray("enum");
            Arrays.stream(type.getEnumConstants()).map(Object::toString).forEach(constants::add);
        } else if (FORMATS.containsKey(type)) {
            value.put("format", FORMATS.get(type));
        } else if (type == LocalTime.class) {
            value.put("pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]$");
        } else if (!TYPES.containsKey(type)) {
            throw new IllegalStateException("No schema for " + type + " of " + place);
        } else if (writer.isAsked() && PATTERNS.containsKey(name)) {
            value.put("pattern", PATTERNS.get(name));
        }
        return value;
    }

    private static ObjectNode nullable(ObjectNode value) {
        if (value.get("type").isArray()) {
            return value;
        }
        String type = value.get("type").asString();
        value.putArray("type").add(type).add("null");
        if (value.get("enum") instanceof ArrayNode constants) {
            constants.addNull();
        }
        return value;
    }
}
