package org.casewire.twin.http;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** URL-encoded parameters in their order, repeated names kept. */
public final class Form {

    /** One parameter. */
    public record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();

    /** Reads a form body or a raw query; what is no valid percent escape is taken as it stands. */
    public static Form parse(byte[] encoded) {
        return parse(new String(encoded, StandardCharsets.ISO_8859_1));
    }

    /** Reads a raw query, one char per byte. */
    public static Form parse(String encoded) {
        Form form = new Form();
        int start = 0;
        while (start < encoded.length()) {
            int end = encoded.indexOf('&', start);
            end = end < 0 ? encoded.length() : end;
            if (end > start) {
                form.fields.add(field(encoded, start, end));
            }
            start = end + 1;
        }
        return form;
    }

    private static Field field(String encoded, int start, int end) {
        int equals = encoded.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            return new Field(decoded(encoded, start, end), "");
        }
        return new Field(decoded(encoded, start, equals), decoded(encoded, equals + 1, end));
    }

    private static String decoded(String encoded, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = encoded.charAt(i);
            if (c == '%' || c == '+' || c > 127) {
                return unescaped(encoded, start, end);
            }
        }
        return encoded.substring(start, end);
    }

    private static String unescaped(String encoded, int start, int end) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            char c = encoded.charAt(i);
            int escape = c == '%' && i + 2 < end ? escape(encoded.charAt(i + 1), encoded.charAt(i + 2)) : -1;
            if (escape >= 0) {
                bytes.write(escape);
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int escape(char high, char low) {
        int first = Character.digit(high, 16);
        int second = Character.digit(low, 16);
        return first < 0 || second < 0 ? -1 : first * 16 + second;
    }

    /** Adds a parameter; one without a value stays away. */
    public Form add(String name, @Nullable String value) {
        if (value != null) {
            fields.add(new Field(name, value));
        }
        return this;
    }

    /** The first value of a name, or null. */
    public @Nullable String first(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** The first value of a name, null also when it is blank. */
    public @Nullable String given(String name) {
        String value = first(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** All values of a name. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    /** All parameters in their order. */
    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** The form as it goes over the wire, in UTF-8. */
    public String encoded() {
        return fields.stream()
                .map(field -> encoded(field.name()) + '=' + encoded(field.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
