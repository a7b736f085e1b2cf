package org.casewire.events.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.casewire.events.SampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class CompatibilityTest {

    private static final ObjectNode BEFORE = new AsyncApi(SampleEvents.all().toList()).document();

    private static final JsonNode HTTP = JsonMapper.shared().readTree("""
            {"paths": {"/api/sites/{site}/texts": {"get": {
                "parameters": [{"name": "to", "in": "query", "required": false, "schema": {"type": "string"}}],
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Text"}}}}}},
              "post": {
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Wish"}}}},
                "responses": {"202": {"description": "Accepted"}}}}},
             "components": {"schemas": {
               "Text": {"type": "object", "properties": {"body": {"type": "string"}, "answers": {"$ref": "#/components/schemas/Text"}}},
               "Wish": {"type": "object", "properties": {"body": {"type": "string"}}}}}}
            """);

    private static ObjectNode fields(ObjectNode document, String event) {
        return (ObjectNode) document.at("/components/schemas/" + event + "/properties");
    }

    private static void remove(JsonNode list, String word) {
        ((ArrayNode) list).removeIf(one -> one.asString().equals(word));
    }

    private static Arguments broken(String named, String told, Consumer<ObjectNode> change) {
        return Arguments.of(named, told, change);
    }

    static Stream<Arguments> breakingChanges() {
        return Stream.of(
                broken(
                        "a field is removed",
                        "MessageAccepted.segments is gone",
                        now -> fields(now, "MessageAccepted").remove("segments")),
                broken("a field is renamed", "SendRequested.sendAt is gone", now -> {
                    JsonNode field = fields(now, "SendRequested").remove("sendAt");
                    fields(now, "SendRequested").set("dueAt", field);
                }),
                broken(
                        "an inner field is removed",
                        "CaseChanged.assignments[].primary is gone",
                        now -> ((ObjectNode) fields(now, "CaseChanged").at("/assignments/items/properties"))
                                .remove("primary")),
                broken(
                        "a field is retyped",
                        "MessageAccepted.part was integer and is string now",
                        now -> ((ObjectNode) fields(now, "MessageAccepted").get("part")).put("type", "string")),
                broken(
                        "a field has another format",
                        "MessageAccepted.at had format",
                        now -> ((ObjectNode) fields(now, "MessageAccepted").get("at")).put("format", "date")),
                broken(
                        "what we tell may be null now",
                        "AlertRaised.sid was string and is string or null",
                        now -> ((ObjectNode) fields(now, "AlertRaised").get("sid"))
                                .putArray("type")
                                .add("string")
                                .add("null")),
                broken(
                        "what is asked may no longer be null",
                        "SendRequested.body was string or null",
                        now -> ((ObjectNode) fields(now, "SendRequested").get("body")).put("type", "string")),
                broken(
                        "what is asked is newly required",
                        "SendRequested.caseRef is required now",
                        now -> ((ArrayNode) now.at("/components/schemas/SendRequested/required")).add("caseRef")),
                broken("a new field is required", "UserChanged.team is required now", now -> {
                    fields(now, "UserChanged").putObject("team").put("type", "string");
                    ((ArrayNode) now.at("/components/schemas/UserChanged/required")).add("team");
                }),
                broken(
                        "what we tell may be missing",
                        "AlertRaised.sid was always there",
                        now -> remove(now.at("/components/schemas/AlertRaised/required"), "sid")),
                broken(
                        "a value is removed",
                        "MessageRejected.reason lost the value EXPIRED",
                        now -> remove(fields(now, "MessageRejected").at("/reason/enum"), "EXPIRED")),
                broken(
                        "a value of a list is removed",
                        "UserChanged.roles[] lost the value MANAGER",
                        now -> remove(fields(now, "UserChanged").at("/roles/items/enum"), "MANAGER")),
                broken(
                        "less is taken",
                        "SendRequested.mediaUrls had maxItems 10",
                        now -> ((ObjectNode) fields(now, "SendRequested").get("mediaUrls")).put("maxItems", 5)),
                broken(
                        "less may be given",
                        "SendRequested.attributes had maxProperties 10 and has 5 now",
                        now -> ((ObjectNode) fields(now, "SendRequested").get("attributes")).put("maxProperties", 5)),
                broken(
                        "more must be given",
                        "UserChanged.name had no minLength and has 2 now",
                        now -> ((ObjectNode) fields(now, "UserChanged").get("name")).put("minLength", 2)),
                broken(
                        "a number must be larger",
                        "CalendarEntryChanged.title had no minimum and has 1 now",
                        now -> ((ObjectNode) fields(now, "CalendarEntryChanged").get("title")).put("minimum", 1)),
                broken(
                        "another shape is asked for",
                        "UserChanged.userId had pattern",
                        now -> ((ObjectNode) fields(now, "UserChanged").get("userId")).put("pattern", "^[0-9]+$")),
                broken(
                        "only some values are taken now",
                        "UserChanged.name takes only some values now",
                        now -> ((ObjectNode) fields(now, "UserChanged").get("name"))
                                .putArray("enum")
                                .add("Maria")),
                broken(
                        "an event is removed",
                        "Event TextsErased is gone",
                        now -> ((ObjectNode) now.at("/components/schemas")).remove("TextsErased")),
                broken(
                        "a topic is removed",
                        "Topic sms.activity is gone",
                        now -> ((ObjectNode) now.get("channels")).remove("activity")),
                broken(
                        "a topic is renamed",
                        "Topic sms.alerts is called sms.alarms now",
                        now -> ((ObjectNode) now.at("/channels/alerts")).put("address", "sms.alarms")),
                broken(
                        "a topic no longer carries an event",
                        "Topic sms.inbound no longer carries CallReceived",
                        now -> ((ObjectNode) now.at("/channels/inbound/messages")).remove("CallReceived")),
                broken(
                        "a topic is kept for less long",
                        "Topic sms.outbound was kept as",
                        now -> ((ObjectNode) now.at("/channels/outbound/bindings/kafka/topicConfiguration"))
                                .put("retention.ms", 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakingChanges")
    void aBreakingChangeIsNamed(String named, String told, Consumer<ObjectNode> change) {
        ObjectNode now = BEFORE.deepCopy();
        change.accept(now);
        assertThat(Compatibility.ofEvents(BEFORE, now))
                .singleElement()
                .asString()
                .startsWith(told);
    }

    static Stream<Arguments> additions() {
        return Stream.of(
                added(
                        "a field that may be left out",
                        now -> fields(now, "SendRequested")
                                .putObject("priority")
                                .putArray("type")
                                .add("integer")
                                .add("null")),
                added("a field that we always write", now -> {
                    fields(now, "AlertRaised").putObject("urgency").put("type", "string");
                    ((ArrayNode) now.at("/components/schemas/AlertRaised/required")).add("urgency");
                }),
                added(
                        "a value that we tell",
                        now -> ((ArrayNode) fields(now, "MessageRejected").at("/reason/enum")).add("TOO_EARLY")),
                added(
                        "a value that is taken",
                        now -> ((ArrayNode) fields(now, "UserChanged").at("/roles/items/enum")).add("AUDITOR")),
                added(
                        "a topic",
                        now -> ((ObjectNode) now.get("channels"))
                                .putObject("weather")
                                .put("address", "sms.weather")),
                added(
                        "an event",
                        now -> ((ObjectNode) now.at("/components/schemas"))
                                .putObject("WeatherChanged")
                                .put("type", "object")),
                added(
                        "more that is taken",
                        now -> ((ObjectNode) fields(now, "SendRequested").get("mediaUrls")).remove("maxItems")));
    }

    private static Arguments added(String named, Consumer<ObjectNode> change) {
        return Arguments.of(named, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("additions")
    void anAdditionPasses(String named, Consumer<ObjectNode> change) {
        ObjectNode now = BEFORE.deepCopy();
        change.accept(now);
        assertThat(now).isNotEqualTo(BEFORE);
        assertThat(Compatibility.ofEvents(BEFORE, now)).isEmpty();
    }

    @Test
    void aRecordThatRefusesItsSampleIsNamed() {
        assertThatThrownBy(() -> Samples.ofTheCode(() -> Stream.of(new CaseRef(CaseRef.Kind.CASE, ""))
                        .map(ref -> SampleEvents.all().toList().getFirst())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("CaseRef", "id is missing", "give it a default");
    }

    @Test
    void nothingChangedIsNothingBroken() {
        assertThat(Compatibility.ofEvents(BEFORE, BEFORE.deepCopy())).isEmpty();
        assertThat(Compatibility.ofHttp(HTTP, HTTP.deepCopy())).isEmpty();
    }

    @Test
    void whatHttpBreaksIsNamed() {
        JsonNode now = HTTP.deepCopy();
        ObjectNode operations = (ObjectNode) now.at("/paths/~1api~1sites~1{site}~1texts");
        ((ObjectNode) operations.at("/get/parameters/0")).put("required", true);
        ((ObjectNode) now.at("/components/schemas/Text/properties")).remove("body");
        operations.remove("post");
        assertThat(Compatibility.ofHttp(HTTP, now))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("?to is required now"),
                        one -> assertThat(one).contains("answers.body is gone"),
                        one -> assertThat(one).startsWith("POST /api/sites/{site}/texts is gone"));
    }

    @Test
    void namesOfGeneratedClientsAndNullsInAnswersAreHeld() {
        JsonNode before = HTTP.deepCopy();
        ObjectNode get = (ObjectNode) before.at("/paths/~1api~1sites~1{site}~1texts/get");
        get.put("operationId", "listTexts").putArray("tags").add("texts");
        JsonNode now = before.deepCopy();
        ((ObjectNode) now.at("/paths/~1api~1sites~1{site}~1texts/get")).put("operationId", "list_1");
        ObjectNode text = (ObjectNode) now.at("/components/schemas/Text/properties");
        ArrayNode either = text.putObject("answers").putArray("anyOf");
        either.addObject().put("$ref", "#/components/schemas/Text");
        either.addObject().put("type", "null");
        assertThat(Compatibility.ofHttp(before, now))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("operationId \"listTexts\" and has \"list_1\""),
                        one -> assertThat(one).contains("answers.answers was object and is object or null"));
        assertThat(Compatibility.ofHttp(now, now.deepCopy())).isEmpty();
    }

    @Test
    void moreOverHttpPasses() {
        JsonNode now = HTTP.deepCopy();
        ((ObjectNode) now.at("/components/schemas/Text/properties"))
                .putObject("at")
                .put("type", "string");
        ((ObjectNode) now.at("/components/schemas/Wish/properties"))
                .putObject("from")
                .put("type", "string");
        ((ObjectNode) now.get("paths")).putObject("/api/more").putObject("get");
        assertThat(Compatibility.ofHttp(HTTP, now)).isEqualTo(List.of());
    }
}
