package org.casewire.twin.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.casewire.twin.fault.Fault.AcceptThen500;
import org.casewire.twin.fault.Fault.AcceptThenClose;
import org.casewire.twin.fault.Fault.AcceptThenDelay;
import org.casewire.twin.fault.Fault.Close;
import org.casewire.twin.fault.Fault.Delay;
import org.casewire.twin.fault.Fault.DelayCallback;
import org.casewire.twin.fault.Fault.Drop;
import org.casewire.twin.fault.Fault.DropWebhook;
import org.casewire.twin.fault.Fault.NotFound;
import org.casewire.twin.fault.Fault.OnCallback;
import org.casewire.twin.fault.Fault.OnCreate;
import org.casewire.twin.fault.Fault.OnList;
import org.casewire.twin.fault.Fault.OnMedia;
import org.casewire.twin.fault.Fault.OnWebhook;
import org.casewire.twin.fault.Fault.Repeat;
import org.casewire.twin.fault.Fault.Shuffle;
import org.casewire.twin.fault.Fault.Status;
import org.casewire.twin.fault.Fault.WrongSignature;
import org.casewire.twin.fault.Faults.InForce;
import org.casewire.twin.http.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the document of {@code PUT /twin/faults}; anything it does not know is refused by name. */
final class FaultDocument {

    private static final Set<String> STEPS = Set.of("create", "list", "callback", "webhook", "media");
    // What GET shows can be put back as it is: "hits" starts anew.
    private static final Set<String> FIELDS =
            Set.of("fault", "probability", "times", "to", "delayMs", "status", "code", "hits");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{3,15}");
    private static final int PAST_ANY_TIME_OUT_MILLIS = 30_000;
    private static final int LONGEST_DELAY_MILLIS = 3_600_000;

    private FaultDocument() {}

    static InForce read(JsonNode document) {
        for (String step : document.propertyNames()) {
            require(STEPS.contains(step), step, "is no step; the steps are create, list, callback, webhook and media.");
        }
        return new InForce(
                rules(document, "create", FaultDocument::onCreate),
                rules(document, "list", FaultDocument::onList),
                rules(document, "callback", FaultDocument::onCallback),
                rules(document, "webhook", FaultDocument::onWebhook),
                rules(document, "media", FaultDocument::onMedia));
    }

    private interface Reader<F extends Fault> {
        F read(String name, Fields fields);
    }

    private static <F extends Fault> List<FaultRule<F>> rules(JsonNode document, String step, Reader<F> reader) {
        JsonNode list = document.path(step);
        require(list.isArray() || list.isMissingNode(), step, "must be a list of faults.");
        List<FaultRule<F>> rules = new ArrayList<>();
        for (JsonNode fault : list) {
            rules.add(rule(fault, step + "[" + rules.size() + "]", reader));
        }
        return List.copyOf(rules);
    }

    private static <F extends Fault> FaultRule<F> rule(JsonNode node, String at, Reader<F> reader) {
        require(node.isObject(), at, "must be an object with a \"fault\".");
        for (String field : node.propertyNames()) {
            require(FIELDS.contains(field), at + "." + field, "is not a field of a fault.");
        }
        Fields fields = new Fields(node, at);
        F fault = reader.read(fields.text("fault"), fields);
        return new FaultRule<>(fault, node.asObject(), fields.probability(), fields.times(), fields.number());
    }

    private static OnCreate onCreate(String name, Fields fields) {
        return switch (name) {
            case "ACCEPT_THEN_CLOSE" -> new AcceptThenClose();
            case "ACCEPT_THEN_500" -> {
                int status = fields.whole("status", 500, 500, 599);
                yield new AcceptThen500(status, fields.code(status));
            }
            case "ACCEPT_THEN_DELAY" -> new AcceptThenDelay(fields.delay(PAST_ANY_TIME_OUT_MILLIS));
            case "CLOSE" -> new Close();
            case "STATUS" -> fields.refusal();
            case "DELAY" -> new Delay(fields.delay(1_000));
            default ->
                throw fields.unknown("ACCEPT_THEN_CLOSE, ACCEPT_THEN_500, ACCEPT_THEN_DELAY, CLOSE, STATUS, DELAY");
        };
    }

    private static OnList onList(String name, Fields fields) {
        return switch (name) {
            case "CLOSE" -> new Close();
            case "STATUS" -> fields.refusal();
            case "DELAY" -> new Delay(fields.delay(1_000));
            default -> throw fields.unknown("CLOSE, STATUS, DELAY");
        };
    }

    private static OnCallback onCallback(String name, Fields fields) {
        return switch (name) {
            case "DROP" -> new Drop();
            case "REPEAT" -> new Repeat();
            case "SHUFFLE" -> new Shuffle();
            case "DELAY" -> new DelayCallback(fields.delay(1_000));
            case "WRONG_SIGNATURE" -> new WrongSignature();
            default -> throw fields.unknown("DROP, REPEAT, SHUFFLE, DELAY, WRONG_SIGNATURE");
        };
    }

    private static OnWebhook onWebhook(String name, Fields fields) {
        return switch (name) {
            case "DROP" -> new DropWebhook();
            default -> throw fields.unknown("DROP");
        };
    }

    private static OnMedia onMedia(String name, Fields fields) {
        return switch (name) {
            case "NOT_FOUND" -> new NotFound();
            case "STATUS" -> fields.refusal();
            case "DELAY" -> new Delay(fields.delay(1_000));
            default -> throw fields.unknown("NOT_FOUND, STATUS, DELAY");
        };
    }

    private static void require(boolean met, String field, String otherwise) {
        if (!met) {
            throw Problem.badRequest("INVALID_FAULT", field, field + " " + otherwise);
        }
    }

    /** The fields of one fault; each is checked when it is asked for. */
    private record Fields(JsonNode node, String at) {

        String text(String name) {
            JsonNode value = node.path(name);
            require(value.isString(), at + "." + name, "must be given as text.");
            return value.asString();
        }

        int whole(String name, int standard, int least, int most) {
            JsonNode value = node.path(name);
            if (value.isMissingNode() || value.isNull()) {
                return standard;
            }
            boolean fits = value.isIntegralNumber()
                    && value.canConvertToInt()
                    && value.asInt() >= least
                    && value.asInt() <= most;
            require(fits, at + "." + name, "must be a whole number from " + least + " to " + most + ".");
            return value.asInt();
        }

        Duration delay(int standardMillis) {
            return Duration.ofMillis(whole("delayMs", standardMillis, 0, LONGEST_DELAY_MILLIS));
        }

        int code(int status) {
            return whole("code", 20_000 + status, 1, 99_999);
        }

        Status refusal() {
            int status = whole("status", 503, 400, 599);
            return new Status(status, code(status));
        }

        double probability() {
            JsonNode value = node.path("probability");
            if (value.isMissingNode() || value.isNull()) {
                return 1;
            }
            boolean fits = value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1;
            require(fits, at + ".probability", "must be a number from 0 to 1.");
            return value.asDouble();
        }

        @Nullable
        Integer times() {
            int times = whole("times", -1, 0, Integer.MAX_VALUE);
            return times < 0 ? null : times;
        }

        @Nullable
        String number() {
            if (!node.hasNonNull("to")) {
                return null;
            }
            String to = text("to");
            require(NUMBER.matcher(to).matches(), at + ".to", "must be a number like +14045550100.");
            return to;
        }

        Problem unknown(String known) {
            return Problem.badRequest(
                    "INVALID_FAULT", at + ".fault", at + ".fault is unknown here; use one of " + known + ".");
        }
    }
}
