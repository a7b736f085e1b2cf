package org.casewire.events.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a schema's change breaks for those who wrote programs against the one before. Additions break nothing. */
final class Changes {

    private static final List<String> RULES = List.of(
            "format",
            "pattern",
            "const",
            "anyOf",
            "oneOf",
            "not",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties");

    private final JsonNode documentBefore;
    private final JsonNode documentNow;
    private final Writer writer;
    private final List<String> broken = new ArrayList<>();
    private final Set<List<String>> seen = new HashSet<>();

    private Changes(JsonNode documentBefore, JsonNode documentNow, Writer writer) {
        this.documentBefore = documentBefore;
        this.documentNow = documentNow;
        this.writer = writer;
    }

    /** Sentences that name the field and say what to do; none when nothing is broken. */
    static List<String> between(
            String place, JsonNode before, JsonNode documentBefore, JsonNode now, JsonNode documentNow, Writer writer) {
        Changes changes = new Changes(documentBefore, documentNow, writer);
        changes.compare(place, before, now);
        return changes.broken;
    }

    private static JsonNode followed(JsonNode document, JsonNode schema) {
        if (schema.path("anyOf").size() == 2
                && schema.at("/anyOf/1/type").asString("").equals("null")) {
            return orNull(followed(document, schema.at("/anyOf/0")));
        }
        return schema.has("$ref") ? document.at(schema.get("$ref").asString().substring(1)) : schema;
    }

    /** A type that is referred to and may be null is compared like one that stands there itself. */
    private static JsonNode orNull(JsonNode schema) {
        ObjectNode orNull = (ObjectNode) schema.deepCopy();
        Set<String> types = words(schema.path("type"));
        types.add("null");
        orNull.set(
                "type",
                orNull.arrayNode().addAll(types.stream().map(orNull::stringNode).toList()));
        return orNull;
    }

    private void compare(String place, JsonNode referredBefore, JsonNode referredNow) {
        if (!referredBefore.findValues("$ref").isEmpty()
                && !seen.add(List.of(referredBefore.toString(), referredNow.toString()))) {
            return;
        }
        JsonNode before = followed(documentBefore, referredBefore);
        JsonNode now = followed(documentNow, referredNow);
        compareTypes(place, before, now);
        compareConstants(place, before, now);
        RULES.forEach(rule -> compareRule(place, rule, before.get(rule), now.get(rule)));
        compareRequired(place, before, now);
        compareFields(place, before, now);
        for (String part : List.of("items", "additionalProperties")) {
            if (before.path(part).isObject() && now.path(part).isObject()) {
                compare(place + (part.equals("items") ? "[]" : "{}"), before.get(part), now.get(part));
            }
        }
    }

    private void compareFields(String place, JsonNode before, JsonNode now) {
        before.path("properties").forEachEntry((field, schema) -> {
            JsonNode found = now.path("properties").get(field);
            if (found == null) {
                broken.add(
                        "%s.%s is gone. A field is never removed or renamed: put it back; a new name may stand beside it."
                                .formatted(place, field));
            } else {
                compare(place + "." + field, schema, found);
            }
        });
    }

    private void compareTypes(String place, JsonNode before, JsonNode now) {
        Set<String> was = words(before.path("type"));
        Set<String> is = words(now.path("type"));
        if (was.equals(is) || was.isEmpty()) {
            return;
        }
        boolean isSafe =
                writer == Writer.CASEWIRE && was.containsAll(is) || writer == Writer.UPSTREAM && is.containsAll(was);
        if (!isSafe) {
            broken.add("%s was %s and is %s now. A field is never retyped: give the new thing a field of its own."
                    .formatted(place, String.join(" or ", was), String.join(" or ", is)));
        }
    }

    private static Set<String> words(JsonNode oneOrMore) {
        Set<String> words = new LinkedHashSet<>();
        if (oneOrMore.isArray()) {
            oneOrMore.forEach(word -> words.add(word.asString()));
        } else if (oneOrMore.isString()) {
            words.add(oneOrMore.asString());
        }
        return words;
    }

    private void compareConstants(String place, JsonNode before, JsonNode now) {
        if (!before.has("enum")) {
            if (now.has("enum") && writer.isAsked()) {
                broken.add("%s takes only some values now. Take what was taken before.".formatted(place));
            }
            return;
        }
        if (!now.has("enum")) {
            broken.add("%s no longer names its values. Values are added, never removed.".formatted(place));
            return;
        }
        Set<String> gone = words(before.get("enum"));
        gone.removeAll(words(now.get("enum")));
        if (!gone.isEmpty()) {
            broken.add("%s lost the value %s. Values are added, never removed or renamed: put it back."
                    .formatted(place, String.join(", ", gone)));
        }
    }

    private void compareRule(String place, String rule, JsonNode before, JsonNode now) {
        boolean isSame = before == null ? now == null : before.equals(now);
        boolean isLoosened = now == null && writer == Writer.UPSTREAM;
        boolean isTightened = before == null && writer == Writer.CASEWIRE;
        if (!isSame && !isLoosened && !isTightened) {
            broken.add("%s had %s and has %s now. What was right before must stay right: leave it as it was."
                    .formatted(place, before == null ? "no " + rule : rule + " " + before, now == null ? "none" : now));
        }
    }

    private void compareRequired(String place, JsonNode before, JsonNode now) {
        Set<String> was = words(before.path("required"));
        Set<String> is = words(now.path("required"));
        if (writer.isAsked()) {
            is.stream()
                    .filter(field -> !was.contains(field))
                    .forEach(field -> broken.add(
                            "%s.%s is required now and was not. Programs that leave it out must go on working: give it a default."
                                    .formatted(place, field)));
        }
        if (writer.isTold()) {
            was.stream()
                    .filter(field ->
                            !is.contains(field) && now.path("properties").has(field))
                    .forEach(field -> broken.add(
                            "%s.%s was always there and may be missing now. Programs count on it: go on writing it."
                                    .formatted(place, field)));
        }
    }
}
