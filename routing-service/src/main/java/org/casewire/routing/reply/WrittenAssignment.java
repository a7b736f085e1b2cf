package org.casewire.routing.reply;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.casewire.events.CaseRef;
import org.casewire.routing.list.Parameters;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where a person says a text belongs, as written: exactly one of cases, a contact or a user. */
final class WrittenAssignment {

    private static final Pattern ID = Pattern.compile("[^/|\\p{Cntrl}]{1,100}");
    private static final Set<String> PLACES = new TreeSet<>(Set.of("cases", "contactId", "userId"));
    private static final int MOST_CASES = 100;

    private WrittenAssignment() {}

    /** @throws org.casewire.events.access.Problem naming the field that is wrong */
    static Destination read(@Nullable JsonNode written) {
        if (written == null || !written.isObject()) {
            throw Parameters.invalid("The body must be an object with one of cases, contactId and userId.");
        }
        Set<String> places = new LinkedHashSet<>();
        written.properties().forEach(field -> {
            if (!PLACES.contains(field.getKey())) {
                throw Parameters.invalid(field.getKey() + " is not known; give one of cases, contactId and userId.");
            }
            if (!field.getValue().isNull()) {
                places.add(field.getKey());
            }
        });
        if (places.size() != 1) {
            throw Parameters.invalid("Exactly one of cases, contactId and userId must be given"
                    + (places.isEmpty() ? "." : ", not " + String.join(" and ", places) + "."));
        }
        return switch (places.iterator().next()) {
            case "cases" -> Destination.cases(cases(written.get("cases")));
            case "contactId" -> new Destination(List.of(), id(written.get("contactId"), "contactId"), null);
            default -> new Destination(List.of(), null, id(written.get("userId"), "userId"));
        };
    }

    private static String id(JsonNode written, String field) {
        if (!written.isString()
                || written.asString().isBlank()
                || !ID.matcher(written.asString()).matches()) {
            throw Parameters.invalid(
                    field + " must be an id of 1 to 100 characters without '/', '|' and control characters.");
        }
        return written.asString();
    }

    private static List<CaseRef> cases(JsonNode written) {
        if (!written.isArray() || written.isEmpty() || written.size() > MOST_CASES) {
            throw Parameters.invalid("cases must be a list of 1 to " + MOST_CASES + " cases.");
        }
        Set<CaseRef> cases = new LinkedHashSet<>();
        for (int i = 0; i < written.size(); i++) {
            cases.add(caseRef(written.get(i), "cases[" + i + "]"));
        }
        return List.copyOf(cases);
    }

    private static CaseRef caseRef(JsonNode written, String place) {
        if (!written.isObject()) {
            throw Parameters.invalid(place + " must be a case like {\"kind\":\"CASE\",\"id\":\"16E-20010101\"}.");
        }
        return new CaseRef(kind(written.path("kind"), place), id(written.path("id"), place + ".id"));
    }

    private static CaseRef.Kind kind(JsonNode written, String place) {
        try {
            return CaseRef.Kind.valueOf(written.isString() ? written.asString() : "");
        } catch (IllegalArgumentException unknown) {
            throw Parameters.invalid(place + ".kind must be CASE, INTAKE or PRESCREEN.");
        }
    }
}
