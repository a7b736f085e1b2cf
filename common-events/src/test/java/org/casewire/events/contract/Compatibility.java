package org.casewire.events.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Holds a document against the one that was published before. */
final class Compatibility {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private Compatibility() {}

    /** What an AsyncAPI document breaks of the one before; empty when every program of before goes on working. */
    static List<String> ofEvents(JsonNode before, JsonNode now) {
        List<String> broken = new ArrayList<>();
        before.get("channels").forEachEntry((name, channel) -> {
            JsonNode found = now.get("channels").get(name);
            if (found == null) {
                broken.add("Topic %s is gone. A topic is never removed or renamed: put it back."
                        .formatted(channel.get("address").asString()));
            } else {
                broken.addAll(ofTopic(channel, found));
            }
        });
        before.at("/components/schemas").forEachEntry((event, schema) -> {
            JsonNode found = now.at("/components/schemas").get(event);
            if (found == null) {
                broken.add("Event %s is gone. An event is never removed or renamed: put it back.".formatted(event));
            } else {
                Writer writer = Writer.parse(schema.get(EventSchema.WRITER).asString());
                broken.addAll(Changes.between(event, schema, before, found, now, writer));
            }
        });
        return broken;
    }

    private static List<String> ofTopic(JsonNode before, JsonNode now) {
        List<String> broken = new ArrayList<>();
        String topic = before.get("address").asString();
        if (!before.get("address").equals(now.get("address"))) {
            broken.add("Topic %s is called %s now. A topic is never renamed: leave it as it was."
                    .formatted(topic, now.get("address").asString()));
        }
        before.get("messages").propertyNames().stream()
                .filter(event -> !now.get("messages").has(event))
                .forEach(event -> broken.add("Topic %s no longer carries %s. Programs read it there: leave it there."
                        .formatted(topic, event)));
        JsonNode keptBefore = before.at("/bindings/kafka/topicConfiguration");
        JsonNode keptNow = now.at("/bindings/kafka/topicConfiguration");
        boolean isShorter = keptBefore
                .propertyStream()
                .anyMatch(setting -> setting.getValue().isNumber()
                        && keptNow.path(setting.getKey()).asLong()
                                < setting.getValue().asLong());
        if (isShorter || !keptBefore.get("cleanup.policy").equals(keptNow.get("cleanup.policy"))) {
            broken.add("Topic %s was kept as %s and is kept as %s now. Programs count on it: leave it as it was."
                    .formatted(topic, keptBefore, keptNow));
        }
        return broken;
    }

    /** What an OpenAPI document breaks of the one before. */
    static List<String> ofHttp(JsonNode before, JsonNode now) {
        List<String> broken = new ArrayList<>();
        before.get("paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method)) {
                        String place = method.toUpperCase(java.util.Locale.ROOT) + " " + path;
                        JsonNode found = now.get("paths").path(path).path(method);
                        if (found.isMissingNode()) {
                            broken.add("%s is gone. An address is never removed or renamed: put it back."
                                    .formatted(place));
                        } else {
                            broken.addAll(ofOperation(place, operation, before, found, now));
                        }
                    }
                }));
        return broken;
    }

    private static List<String> ofOperation(
            String place, JsonNode before, JsonNode documentBefore, JsonNode now, JsonNode documentNow) {
        List<String> broken = new ArrayList<>(ofParameters(place, before, documentBefore, now, documentNow));
        for (String name : List.of("operationId", "tags")) {
            if (!before.path(name).equals(now.path(name))) {
                broken.add("%s had %s %s and has %s now. Generated clients are named after it: leave it as it was."
                        .formatted(place, name, before.path(name), now.path(name)));
            }
        }
        JsonNode bodyBefore = before.at("/requestBody/content/application~1json/schema");
        JsonNode bodyNow = now.at("/requestBody/content/application~1json/schema");
        if (bodyBefore.isObject() && bodyNow.isObject()) {
            broken.addAll(Changes.between(
                    place + " takes", bodyBefore, documentBefore, bodyNow, documentNow, Writer.UPSTREAM));
        }
        before.path("responses")
                .forEachEntry((status, response) -> response.path("content").forEachEntry((type, content) -> {
                    JsonNode found =
                            now.path("responses").path(status).path("content").path(type);
                    if (found.isMissingNode()) {
                        broken.add("%s no longer answers %s as %s. Programs count on it: leave it as it was."
                                .formatted(place, status, type));
                    } else {
                        broken.addAll(Changes.between(
                                place + " answers",
                                content.path("schema"),
                                documentBefore,
                                found.path("schema"),
                                documentNow,
                                Writer.CASEWIRE));
                    }
                }));
        return broken;
    }

    private static List<String> ofParameters(
            String place, JsonNode before, JsonNode documentBefore, JsonNode now, JsonNode documentNow) {
        List<String> broken = new ArrayList<>();
        before.path("parameters").forEach(parameter -> {
            JsonNode found = named(parameter, now);
            String name = place + " ?" + parameter.get("name").asString();
            if (found == null) {
                broken.add("%s is gone. A parameter is never removed or renamed: put it back.".formatted(name));
            } else {
                broken.addAll(Changes.between(
                        name,
                        parameter.path("schema"),
                        documentBefore,
                        found.path("schema"),
                        documentNow,
                        Writer.UPSTREAM));
            }
        });
        now.path("parameters").forEach(parameter -> {
            JsonNode old = named(parameter, before);
            boolean wasRequired = old != null && old.path("required").asBoolean(false);
            if (parameter.path("required").asBoolean(false) && !wasRequired) {
                broken.add(
                        "%s ?%s is required now and was not. Programs that leave it out must go on working: give it a default."
                                .formatted(place, parameter.get("name").asString()));
            }
        });
        return broken;
    }

    private static JsonNode named(JsonNode parameter, JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .filter(other -> other.get("name").equals(parameter.get("name"))
                        && other.get("in").equals(parameter.get("in")))
                .findFirst()
                .orElse(null);
    }
}
