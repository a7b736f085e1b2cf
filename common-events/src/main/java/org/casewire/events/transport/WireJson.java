package org.casewire.events.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.casewire.events.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
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
        String last = WhyUnreadable.reason(failure);
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
            return note(context, target, "is not " + WhyUnreadable.kind(target));
        }

        @Override
        public @Nullable Object handleWeirdNumberValue(
                DeserializationContext context, Class<?> target, Number value, String failure) {
            return note(context, target, "is not " + WhyUnreadable.kind(target));
        }

        @Override
        public @Nullable Object handleUnexpectedToken(
                DeserializationContext context,
                JavaType target,
                JsonToken token,
                JsonParser parser,
                @Nullable String failure) {
            Object answer = note(context, target.getRawClass(), "is not " + WhyUnreadable.kind(target.getRawClass()));
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
            return note(context, target, "is not " + WhyUnreadable.kind(target));
        }

        private @Nullable Object note(DeserializationContext context, Class<?> target, String reason) {
            String path = path(context);
            // Without what stands at the root there is nothing to read.
            if (context.getAttribute(PROBLEMS) instanceof List<?> problems
                    && !target.isPrimitive()
                    && !path.isEmpty()) {
                @SuppressWarnings("unchecked")
                List<Problem> found = (List<Problem>) problems;
                found.add(new Problem(path, reason));
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
    }
}
