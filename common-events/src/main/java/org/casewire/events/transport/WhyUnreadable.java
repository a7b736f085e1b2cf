package org.casewire.events.transport;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says in plain words why JSON could not be read and where, for whoever wrote it; never a value that stood in it. */
public final class WhyUnreadable {

    /** A sentence about one field of the object at the path. */
    private static final Pattern ABOUT_A_FIELD = Pattern.compile("[a-z]\\p{Alpha}* (?:is|must) .*");

    private static final String A_WHOLE_NUMBER = "a whole number in its bounds";
    private static final String A_TIME = "a time like 2026-03-02T13:00:00Z";

    private static final Map<Class<?>, String> KINDS = Map.ofEntries(
            Map.entry(String.class, "a text"),
            Map.entry(int.class, A_WHOLE_NUMBER),
            Map.entry(Integer.class, A_WHOLE_NUMBER),
            Map.entry(long.class, A_WHOLE_NUMBER),
            Map.entry(Long.class, A_WHOLE_NUMBER),
            Map.entry(double.class, "a number"),
            Map.entry(Double.class, "a number"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(UUID.class, "a UUID"),
            Map.entry(URI.class, "an address like https://example.org/a"),
            Map.entry(ZoneId.class, "an IANA time zone like America/New_York"),
            Map.entry(LocalTime.class, "a time of day like 21:00"),
            Map.entry(LocalDate.class, "a date like 2026-03-02"),
            Map.entry(Duration.class, "an ISO 8601 duration like PT1H"),
            Map.entry(Instant.class, A_TIME),
            Map.entry(OffsetDateTime.class, A_TIME));

    private WhyUnreadable() {}

    /** One sentence without its full stop: the field, or else the line and column, and what would have been taken. */
    public static String reason(JacksonException failure) {
        JacksonException innermost = failure;
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
            innermost = root instanceof JacksonException inner ? inner : innermost;
        }
        String path = path(failure.getPath());
        // Exactly this one is what our own types refuse with; the JDK's kinds of it quote the value.
        if (root.getClass() == IllegalArgumentException.class) {
            return joined(path, String.valueOf(root.getMessage()));
        }
        return words(innermost, path);
    }

    private static String words(JacksonException failure, String path) {
        return switch (failure) {
            case InputCoercionException _ ->
                (path.isEmpty() ? "a number" : path) + " is out of range" + place(failure, path);
            case UnexpectedEndOfInputException _ -> noJson("it ends too early", failure);
            case StreamConstraintsException _ -> noJson(limit(said(failure)), failure);
            case StreamReadException _ ->
                noJson(
                        said(failure).startsWith("Duplicate")
                                ? "a name stands twice in one object"
                                : "something stands where it does not belong",
                        failure);
            case MismatchedInputException mismatch when path.isEmpty() -> whole(mismatch);
            case MismatchedInputException mismatch
            when said(mismatch).startsWith("Cannot map `null`") -> path + " is missing";
            case MismatchedInputException mismatch -> ofKind(path, mismatch.getTargetType());
            case DatabindException _ when !path.isEmpty() -> ofKind(path, null);
            case JacksonException _ -> noJson("its bytes cannot be read", failure);
        };
    }

    /** The whole of it is of another kind than it should be. */
    private static String whole(MismatchedInputException mismatch) {
        if (said(mismatch).startsWith("No content")) {
            return noJson("it is empty", null);
        }
        if (said(mismatch).startsWith("Trailing token")) {
            return noJson("something follows after its end", mismatch);
        }
        return ofKind("", mismatch.getTargetType());
    }

    private static String ofKind(String path, @Nullable Class<?> kind) {
        return (path.isEmpty() ? "this JSON" : path) + (kind == null ? " cannot be read" : " is not " + kind(kind));
    }

    private static String limit(String said) {
        if (said.contains("nesting")) {
            return "it is nested too deeply";
        }
        return said.startsWith("Number") || said.startsWith("BigDecimal")
                ? "a number in it is too long"
                : "a text in it is too long";
    }

    private static String noJson(String why, @Nullable JacksonException failure) {
        return "this is no readable JSON: " + why + (failure == null ? "" : place(failure, ""));
    }

    private static String place(JacksonException failure, String path) {
        TokenStreamLocation location = failure.getLocation();
        return !path.isEmpty() || location == null || location.getLineNr() < 1
                ? ""
                : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String said(JacksonException failure) {
        return Objects.requireNonNullElse(failure.getOriginalMessage(), "");
    }

    /** A refusal of an object, with the place of that object: {@code quietHours[0].from is missing}. */
    public static String joined(String path, String message) {
        if (path.isEmpty()) {
            return message;
        }
        return path + (ABOUT_A_FIELD.matcher(message).matches() ? "." : ": ") + message;
    }

    /** {@code quietHours[0].from} */
    public static String path(List<Reference> steps) {
        StringBuilder path = new StringBuilder();
        for (Reference step : steps) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    /** What is to be written for a type. */
    public static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + List.of(type.getEnumConstants());
        }
        return type.isArray() || Collection.class.isAssignableFrom(type)
                ? "a list"
                : KINDS.getOrDefault(type, "an object");
    }
}
