package org.casewire.outbound.preference;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.casewire.events.ContactEvent.ContactChanged.Delivery;
import org.casewire.events.access.Problem;
import org.casewire.outbound.preference.Known.Wishes;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/**
 * A change of many people's preferences.
 *
 * @param contacts their numbers, in E.164 or the national form of the site's region
 * @param contactIds or the upstream's ids
 * @param set the values that win over the upstream's from now on
 * @param clear the values in which the upstream's word counts again
 */
record ContactsPatch(
        @JsonSetter(nulls = Nulls.FAIL) List<String> contacts,
        @JsonSetter(nulls = Nulls.FAIL) List<String> contactIds,
        @JsonSetter(nulls = Nulls.FAIL) Wishes set,
        @JsonSetter(nulls = Nulls.FAIL) Set<Value> clear) {

    static final int MOST = 10_000;

    private static final Set<String> FIELDS = Set.of("contacts", "contactIds", "set", "clear");

    /** What can be decided about a person. */
    enum Value {
        textingEnabled,
        delivery,
        deliveryLocked;

        static String names() {
            return Arrays.stream(values()).map(Value::name).collect(Collectors.joining(", "));
        }
    }

    /** Reads a request body; what is not understood is refused by name, for a bulk change must not half work. */
    static ContactsPatch read(JsonNode body) {
        if (!body.isObject()) {
            throw invalid("The body must be a JSON object.");
        }
        refuseUnknown(body, FIELDS, "");
        ContactsPatch patch = new ContactsPatch(
                texts(body, "contacts"),
                texts(body, "contactIds"),
                wishes(body.path("set")),
                cleared(texts(body, "clear")));
        patch.check();
        return patch;
    }

    private void check() {
        int people = contacts.size() + contactIds.size();
        if (people == 0) {
            throw invalid("contacts is missing: the numbers (or contactIds: the upstream's ids) to change.");
        }
        if (people > MOST) {
            throw invalid(
                    "contacts and contactIds name %d people; at most %d go into one request.".formatted(people, MOST));
        }
        if (set.equals(Wishes.NONE) && clear.isEmpty()) {
            throw invalid("set and clear are both empty: say which of " + Value.names() + " to set or to clear.");
        }
        clear.stream().filter(set::says).findFirst().ifPresent(value -> {
            throw invalid(value + " stands in both set and clear; it can only be one.");
        });
    }

    private static Wishes wishes(JsonNode set) {
        if (set.isMissingNode()) {
            return Wishes.NONE;
        }
        if (!set.isObject()) {
            throw invalid("set must be an object with any of " + Value.names() + ".");
        }
        refuseUnknown(set, Arrays.stream(Value.values()).map(Value::name).collect(Collectors.toSet()), "set.");
        return new Wishes(flag(set, Value.textingEnabled), delivery(set), flag(set, Value.deliveryLocked));
    }

    private static @Nullable Boolean flag(JsonNode set, Value value) {
        JsonNode flag = set.path(value.name());
        if (flag.isMissingNode()) {
            return null;
        }
        if (!flag.isBoolean()) {
            throw invalid("set." + value + " must be true or false; name it in clear to go back to the upstream's.");
        }
        return flag.booleanValue();
    }

    private static @Nullable Delivery delivery(JsonNode set) {
        JsonNode delivery = set.path(Value.delivery.name());
        if (delivery.isMissingNode()) {
            return null;
        }
        return Arrays.stream(Delivery.values())
                .filter(known -> delivery.isString() && known.name().equals(delivery.stringValue()))
                .findFirst()
                .orElseThrow(() -> invalid("set.delivery must be one of " + Arrays.toString(Delivery.values())
                        + "; name it in clear to go back to the upstream's."));
    }

    private static Set<Value> cleared(List<String> names) {
        Set<Value> cleared = EnumSet.noneOf(Value.class);
        for (String name : names) {
            cleared.add(Arrays.stream(Value.values())
                    .filter(value -> value.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> invalid("clear may name " + Value.names() + ", and nothing else.")));
        }
        return cleared;
    }

    private static List<String> texts(JsonNode body, String field) {
        JsonNode list = body.path(field);
        if (list.isMissingNode()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(list.size());
        list.forEach(text -> texts.add(text.isString() ? text.stringValue() : ""));
        if (!list.isArray() || texts.contains("")) {
            throw invalid(field + " must be a list of strings, none of them empty.");
        }
        return texts;
    }

    private static void refuseUnknown(JsonNode object, Set<String> known, String prefix) {
        object.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw invalid("There is no field " + prefix + shortened(name) + "; known are "
                            + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
                });
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), 40));
    }

    static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail);
    }
}
