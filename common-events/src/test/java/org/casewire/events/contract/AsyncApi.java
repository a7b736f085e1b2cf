package org.casewire.events.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.casewire.events.Event;
import org.casewire.events.Topics;
import org.casewire.events.Topics.Topic;
import org.casewire.events.transport.EventCodec;
import org.casewire.events.transport.WireJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The AsyncAPI 3 document of all topics, from {@link Topics}, the events and their samples. */
final class AsyncApi {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String BINDING = "0.5.0";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final String DEAD_LETTERS = "dead-letters";
    private static final String TOMBSTONE = "Tombstone";

    private static final Map<String, String> HEADERS = orderedHeaders();

    /** What stands on every dead letter. */
    private static final Map<String, String> REASONS = new TreeMap<>(Map.of(
            "x-reason", "what is wrong with it, in a sentence",
            "x-exception", "where it was found, for the developers of Casewire",
            "x-topic", "the topic it came on",
            "x-partition", "its partition there",
            "x-offset", "its offset there",
            "x-group", "the consumer group that could not handle it"));

    /** What the parts of a key are, by topic. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry(Topics.SEND_QUEUE, "<site>|<number>"),
            Map.entry(Topics.OUTBOUND, "<site>|<number>"),
            Map.entry(Topics.INBOUND, "<site>|<number>"),
            Map.entry(Topics.DELIVERY, "<site>|<number>"),
            Map.entry(Topics.CONSENT, "<site>|<number>"),
            Map.entry(Topics.REPLIES, "<site>|<number>"),
            Map.entry(Topics.ALERTS, "<site>|<kind>|<caseId>"),
            Map.entry(Topics.SITES, "<site>"),
            Map.entry(Topics.CASES, "<site>|<kind>|<caseId>"),
            Map.entry(Topics.CONTACTS, "<site>|<contactId>"),
            Map.entry(Topics.USERS, "<site>|<userId>"),
            Map.entry(Topics.CALENDAR, "<site>|<entryId>"),
            Map.entry(Topics.ACTIVITY, "<site>|<activityId>"));

    private final List<Event> samples;
    private final ObjectNode document = NODES.objectNode();

    AsyncApi(List<Event> samples) {
        this.samples = samples;
    }

    private static Map<String, String> orderedHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "the version of CloudEvents");
        headers.put("ce_id", "the event's identity; left out, it is the record's place on its topic");
        headers.put("ce_source", "who wrote it");
        headers.put("ce_time", "when it was written, RFC 3339; left out, it is the record's time");
        headers.put("ce_subject", "the messageId, Twilio SID or id of what the event is about");
        headers.put("content-type", "always JSON");
        headers.put(
                "traceparent", "W3C trace context: carried to every event that follows, started where it is missing");
        headers.put("x-replay-for", "on a replayed record: the only consumer group that is to take it");
        return headers;
    }

    ObjectNode document() {
        document.put("asyncapi", "3.0.0");
        document.put("id", "urn:casewire:events:v1");
        document.putObject("info")
                .put("title", "Casewire events")
                .put("version", "1.0.0")
                .put("description", """
                        Records are CloudEvents 1.0 in Kafka's binary mode: a JSON value, and headers of which an \
                        upstream must set ce_type. Unknown fields are ignored, and new ones may come: ignore them too. \
                        Other topics that begin with sms. are Casewire's own: leave them alone.""")
                .putObject("license")
                .put("name", "Apache-2.0");
        document.put("defaultContentType", "application/json");
        document.putObject("servers")
                .putObject("kafka")
                .put("host", "localhost:9092")
                .put("protocol", "kafka")
                .put("description", "The installation's broker; the local stack says where its own is.");
        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        Topics.all().forEach(topic -> {
            List<Event> carried = samples.stream()
                    .filter(event -> event.topic().equals(topic.name()))
                    .toList();
            channels.set(name(topic), channel(topic, carried));
            addOperations(operations, topic, carried);
        });
        channels.set(DEAD_LETTERS, deadLetters());
        operations
                .putObject("send-" + DEAD_LETTERS)
                .put("action", "send")
                .set("channel", reference("channels/" + DEAD_LETTERS));
        ObjectNode components = document.putObject("components");
        ObjectNode messages = components.putObject("messages");
        ObjectNode schemas = components.putObject("schemas");
        samples.forEach(event -> {
            messages.set(nameOf(event), message(event));
            schemas.set(nameOf(event), new EventSchema(event).schema());
        });
        messages.set(TOMBSTONE, tombstone());
        messages.set("DeadLetter", deadLetter());
        return document;
    }

    private static String nameOf(Event event) {
        return event.getClass().getSimpleName();
    }

    private static String name(Topic topic) {
        return topic.name().substring(topic.name().indexOf('.') + 1);
    }

    private static ObjectNode reference(String pointer) {
        return NODES.objectNode().put("$ref", "#/" + pointer);
    }

    private static ObjectNode channel(Topic topic, List<Event> carried) {
        ObjectNode channel = NODES.objectNode();
        channel.put("address", topic.name());
        String also = topic.name().equals(Topics.SEND_QUEUE)
                ? " Casewire asks here too, for its reminders and notices; what it publishes is what an upstream may."
                : "";
        channel.put("description", "Key: %s. %s%s".formatted(KEYS.get(topic.name()), kept(topic), also));
        ObjectNode messages = channel.putObject("messages");
        carried.forEach(event -> messages.set(nameOf(event), reference("components/messages/" + nameOf(event))));
        if (isCompacted(topic) && !topic.name().equals(Topics.SITES)) {
            messages.set(TOMBSTONE, reference("components/messages/" + TOMBSTONE));
        }
        ObjectNode binding = channel.putObject("bindings").putObject("kafka");
        binding.put("topic", topic.name()).put("partitions", 12);
        binding.set("topicConfiguration", settings(topic));
        binding.put("bindingVersion", BINDING);
        channel.put("x-dead-letters", topic.deadLetters().name());
        return channel;
    }

    private static boolean isCompacted(Topic topic) {
        return "compact".equals(topic.settings().get("cleanup.policy"));
    }

    private static ObjectNode settings(Topic topic) {
        ObjectNode settings = NODES.objectNode();
        settings.putArray("cleanup.policy").add(topic.settings().get("cleanup.policy"));
        topic.settings().forEach((setting, value) -> {
            if (setting.endsWith(".ms")) {
                settings.put(setting, Long.parseLong(value));
            }
        });
        return settings;
    }

    /** Where a record goes that could not be read or handled, for every topic alike. */
    private static ObjectNode deadLetters() {
        ObjectNode channel = NODES.objectNode();
        channel.put("address", "{topic}" + Topics.DEAD_LETTER_SUFFIX);
        channel.put("description", """
                Where what cannot be read or handled is put aside, whole, under its own key, until an operator replays it. \
                Between dead letters stand notes of which were replayed: records without a value, with a header x-replayed.""");
        channel.putObject("messages").set("DeadLetter", reference("components/messages/DeadLetter"));
        ArrayNode topics = channel.putObject("parameters").putObject("topic").putArray("enum");
        Topics.all().forEach(topic -> topics.add(topic.name()));
        ObjectNode binding = channel.putObject("bindings").putObject("kafka");
        binding.set("topicConfiguration", settings(Topics.all().getFirst().deadLetters()));
        binding.put("bindingVersion", BINDING);
        return channel;
    }

    private static ObjectNode deadLetter() {
        ObjectNode message = NODES.objectNode().put("name", "DeadLetter").put("title", "DeadLetter");
        message.put("summary", "A record as it was, its own headers with it, and why it lies here.");
        ObjectNode headers = NODES.objectNode().put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        ArrayNode required = headers.putArray("required");
        REASONS.forEach((name, words) -> {
            properties.putObject(name).put("type", "string").put("description", words);
            required.add(name);
        });
        message.set("headers", headers);
        message.putObject("payload");
        return message;
    }

    private static ObjectNode tombstone() {
        ObjectNode message = NODES.objectNode().put("name", TOMBSTONE).put("title", TOMBSTONE);
        message.put("summary", "A record without a value: what its key names is gone.");
        ObjectNode time = NODES.objectNode().put("type", "object");
        time.putObject("properties")
                .putObject("ce_time")
                .put("type", "string")
                .put(
                        "description",
                        "since when, RFC 3339; left out, it is the record's time. Only a later snapshot revives");
        message.set("headers", time);
        message.putObject("payload").put("type", "null");
        return message;
    }

    private static String kept(Topic topic) {
        return isCompacted(topic)
                ? "Compacted: the newest of each key stays; a tombstone (a null value) says that what the key names is gone."
                : "Kept %d days.".formatted(Long.parseLong(topic.settings().get("retention.ms")) / 86_400_000);
    }

    /** The document is Casewire's own: it receives what an upstream asks and sends what it tells. */
    private static void addOperations(ObjectNode operations, Topic topic, List<Event> carried) {
        if (carried.stream().anyMatch(event -> Writer.of(event).isAsked())) {
            operations.set("receive-" + name(topic), operation("receive", topic, carried));
        }
        if (carried.stream().anyMatch(event -> Writer.of(event).isTold())) {
            operations.set("send-" + name(topic), operation("send", topic, carried));
        }
    }

    private static ObjectNode operation(String action, Topic topic, List<Event> carried) {
        ObjectNode operation = NODES.objectNode().put("action", action);
        operation.set("channel", reference("channels/" + name(topic)));
        var messages = operation.putArray("messages");
        carried.forEach(
                event -> messages.add(reference("channels/%s/messages/%s".formatted(name(topic), nameOf(event)))));
        return operation;
    }

    private static ObjectNode message(Event event) {
        ObjectNode message = NODES.objectNode();
        message.put("name", EventCodec.typeOf(event.getClass()));
        message.put("title", nameOf(event));
        message.put("summary", Descriptions.of(event.getClass()).split("(?<=\\.) ", 2)[0]);
        message.put("contentType", "application/json");
        message.set("headers", headers(event));
        message.set("payload", reference("components/schemas/" + nameOf(event)));
        ObjectNode binding = message.putObject("bindings").putObject("kafka");
        ObjectNode key = binding.putObject("key");
        key.put("type", "string").put("description", KEYS.get(event.topic()));
        key.putArray("examples").add(event.key());
        binding.put("bindingVersion", BINDING);
        ObjectNode example = message.putArray("examples").addObject();
        example.put("name", nameOf(event));
        example.set("headers", sampleHeaders(event));
        example.set("payload", WireJson.MAPPER.valueToTree(event));
        return message;
    }

    private static ObjectNode headers(Event event) {
        ObjectNode headers = NODES.objectNode().put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        properties
                .putObject("ce_type")
                .put("type", "string")
                .put("const", EventCodec.typeOf(event.getClass()))
                .put("description", "what the value is");
        HEADERS.forEach((name, words) ->
                properties.putObject(name).put("type", "string").put("description", words));
        headers.putArray("required").add("ce_type");
        return headers;
    }

    private static ObjectNode sampleHeaders(Event event) {
        ObjectNode headers = NODES.objectNode();
        headers.put("ce_type", EventCodec.typeOf(event.getClass()));
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", "11111111-2222-4333-8444-555555555555");
        headers.put("ce_source", Writer.of(event).isAsked() ? "/upstream" : "/casewire");
        headers.put("ce_time", "2026-03-02T13:00:00.125Z");
        headers.put("ce_subject", event.subject());
        headers.put("content-type", "application/json");
        headers.put("traceparent", TRACE);
        return headers;
    }
}
