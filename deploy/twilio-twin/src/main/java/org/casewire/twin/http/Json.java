package org.casewire.twin.http;

import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON read as trees and written by hand. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final ObjectWriter LINES = MAPPER.writer().withRootValueSeparator("\n");

    private Json() {}

    /** The bytes of what is written. */
    public static byte[] bytes(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
            content.accept(json);
        }
        return bytes.toByteArray();
    }

    /** One object as bytes. */
    public static byte[] object(Consumer<JsonGenerator> properties) {
        return bytes(json -> {
            json.writeStartObject();
            properties.accept(json);
            json.writeEndObject();
        });
    }

    /** A list as bytes, one call for each item. */
    public static <T> byte[] array(Iterable<T> items, BiConsumer<JsonGenerator, T> writer) {
        return bytes(json -> {
            json.writeStartArray();
            items.forEach(item -> writer.accept(json, item));
            json.writeEndArray();
        });
    }

    /** One object a line as bytes, one call for each item's properties. */
    public static <T> byte[] lines(Iterable<T> items, BiConsumer<JsonGenerator, T> properties) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = LINES.createGenerator(bytes)) {
            for (T item : items) {
                json.writeStartObject();
                properties.accept(json, item);
                json.writeEndObject();
            }
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** Parses a document. */
    public static JsonNode parse(byte[] document) {
        return MAPPER.readTree(document);
    }

    /** Where reading stopped; the parser's own words name its classes and repeat the text. */
    public static String place(JacksonException failure) {
        return "line %d, column %d"
                .formatted(
                        failure.getLocation().getLineNr(), failure.getLocation().getColumnNr());
    }

    /** The object in a request's body, or a problem that says what is wrong. */
    public static JsonNode body(ServerRequest request) {
        try {
            JsonNode node =
                    request.content().hasEntity() ? parse(request.content().as(byte[].class)) : MAPPER.missingNode();
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw Problem.badRequest("INVALID_JSON", "body", "The body is not JSON, see " + place(e) + ".");
        }
        throw Problem.badRequest("INVALID_JSON", "body", "The body must be a JSON object.");
    }
}
