package org.casewire.events.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.casewire.events.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** JSON as it stands on the wire, whatever a service sets for its own HTTP answers. */
public final class WireJson {

    private static final String PROBLEMS = "problems";

    /** Unknown fields are ignored, nulls are written, times are RFC 3339 in UTC. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.ALWAYS))
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            // A number or flag that was added later is missing in what is on the log already.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addHandler(new BadValuesBecomeNull())
            .build();

    private WireJson() {}

    /** A known field whose value could not be read. */
    public record Problem(String field, String reason) {
        @Override
        public String toString() {
            return field + " " + reason;
        }
    }

    /** What was read, and which known fields had to be left out. */
    public record Reading<T>(T value, List<Problem> problems) {}

    /**
     * Reads leniently: a bad value is named among the problems and counts as absent.
     *
     * @throws tools.jackson.core.JacksonException when it is no JSON, or lacks what the type cannot do without
     */
    public static <T> Reading<T> read(byte[] json, Class<T> type) {
        List<Problem> problems = new ArrayList<>();
        ObjectReader reader = MAPPER.readerFor(type).withAttribute(PROBLEMS, problems);
        try {
            T value = reader.readValue(json);
            return new Reading<>(value, List.copyOf(problems));
        } catch (JacksonException failure) {
            throw problems.isEmpty() ? failure : naming(problems, failure);
        }
    }

    /** What is needed and was there, but could not be read, is not missing. */
    private static JacksonException naming(List<Problem> problems, JacksonException failure) {
        List<String> reasons =
                new ArrayList<>(problems.stream().map(Problem::toString).toList());
        String last = reason(failure);
        if (problems.stream().noneMatch(problem -> last.equals(problem.field() + " is missing"))) {
            reasons.add(last);
        }
        String all = String.join("; ", reasons);
        return DatabindException.from((JsonParser) null, all, new IllegalArgumentException(all));
    }

    private static final class BadValuesBecomeNull extends DeserializationProblemHandler {

        @Override
        public @Nullable Object handleWeirdStringValue(
                DeserializationContext context, Class<?> target, String value, String failure) {
            return note(context, target, "is not " + described(target));
        }

        @Override
        public @Nullable Object handleWeirdNumberValue(
                DeserializationContext context, Class<?> target, Number value, String failure) {
            return note(context, target, "is not " + described(target));
        }

        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context,
                JavaType target,
                JsonToken token,
                JsonParser parser,
                @Nullable String failure) {
            Object answer = note(context, target.getRawClass(), "is not " + described(target.getRawClass()));
            if (answer == null) {
                parser.skipChildren();
            }
            return answer;
        }

        @Override
        public @Nullable Object handleInstantiationProblem(
                DeserializationContext context, Class<?> target, @Nullable Object argument, Throwable failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            // What is unwrapped into an event stands at its root: without it there is no event.
            boolean isPart =
                    !Event.class.isAssignableFrom(target) && !path(context).isEmpty();
            return isPart && cause instanceof IllegalArgumentException
                    ? note(context, target, String.valueOf(cause.getMessage()))
                    : NOT_HANDLED;
        }

        @Override
        public @Nullable Object handleMissingInstantiator(
                DeserializationContext context,
                Class<?> target,
                @Nullable ValueInstantiator instantiator,
                @Nullable JsonParser parser,
                String failure) {
            return note(context, target, "is not " + described(target));
        }

        private @Nullable Object note(DeserializationContext context, Class<?> target, String reason) {
            if (context.getAttribute(PROBLEMS) instanceof List<?> problems && !target.isPrimitive()) {
                @SuppressWarnings("unchecked")
                List<Problem> found = (List<Problem>) problems;
                String path = path(context);
                found.add(new Problem(path.isEmpty() ? "value" : path, reason));
                return null;
            }
            return NOT_HANDLED;
        }

        /** Where in the event the parser stands, empty at its root. */
        private static String path(DeserializationContext context) {
            String pointer =
                    context.getParser().streamReadContext().pathAsPointer().toString();
            return pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
        }

        private static String described(Class<?> target) {
            return target.isEnum()
                    ? "one of " + List.of(target.getEnumConstants())
                    : "a valid " + target.getSimpleName();
        }
    }

    /** Says in one sentence why JSON could not be read. */
    public static String reason(RuntimeException failure) {
        return failure instanceof MismatchedInputException mismatch
                        && !mismatch.getPath().isEmpty()
                ? path(mismatch) + ": " + rootMessage(failure)
                : rootMessage(failure);
    }

    /** {@code quietHours[0].from} */
    private static String path(MismatchedInputException mismatch) {
        StringBuilder path = new StringBuilder();
        for (Reference step : mismatch.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof IllegalArgumentException) {
            return String.valueOf(root.getMessage());
        }
        return root instanceof MismatchedInputException mismatch
                        && !mismatch.getPath().isEmpty()
                        && mismatch.getTargetType() != null
                ? "is not " + BadValuesBecomeNull.described(mismatch.getTargetType())
                : "no readable JSON (" + root.getClass().getSimpleName() + ")";
    }
}
