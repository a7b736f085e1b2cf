package org.casewire.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.Event;
import org.casewire.events.SampleEvents;
import org.casewire.events.transport.EventCodec;
import org.casewire.events.transport.EventReader;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.WireJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code docs/contract} is what the code says, and breaks nothing of what was published before. */
class ContractTest {

    private static final String WRITE = "mvn -pl common-events test -Dtest=ContractTest -Dcontract.write";
    private static final String BASELINE = "baseline/asyncapi.json";
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static List<Event> samples = List.of();
    private static ObjectNode document = WireJson.MAPPER.createObjectNode();

    @BeforeAll
    static void sayWhatTheCodeSays() {
        samples = Samples.ofTheCode(SampleEvents::all);
        document = new AsyncApi(samples).document();
    }

    static Stream<Event> events() {
        return samples.stream();
    }

    private static ObjectNode schema(Event event) {
        String name = name(event);
        ObjectNode schema = WireJson.MAPPER.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:casewire:event:" + name + ":v1");
        schema.put("title", EventCodec.typeOf(event.getClass()));
        schema.setAll((ObjectNode) document.at("/components/schemas/" + name));
        return schema;
    }

    private static String name(Event event) {
        return event.getClass().getSimpleName();
    }

    private static List<Error> faults(JsonNode schema, JsonNode value) {
        Schema compiled = SCHEMAS.getSchema(schema.toString());
        return compiled.validate(
                value.toString(),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    /** As EventReader hands it to a service; the reason when it would be a dead letter. */
    private static Object read(String topic, String key, String type, JsonNode value) {
        ConsumerRecord<String, byte[]> message =
                new ConsumerRecord<>(topic, 0, 0, key, value.toString().getBytes(StandardCharsets.UTF_8));
        message.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        List<Object> outcome = new ArrayList<>();
        EventReader reader = new EventReader(
                new EventCodec("/contract"), (refused, reason, failure) -> outcome.add(reason), "contract");
        reader.read(List.of(message), Event.class, received -> outcome.addAll(received));
        assertThat(outcome).hasSize(1);
        return outcome.getFirst() instanceof Received.Arrived<?> arrived ? arrived.event() : outcome.getFirst();
    }

    @Test
    void theDocumentOfTheTopicsIsTheCommittedOne() {
        Committed.requireSame("asyncapi.json", document, WRITE);
    }

    @ParameterizedTest
    @MethodSource("events")
    void theSchemaOfAnEventIsTheCommittedOneAndTakesItsSample(Event event) {
        ObjectNode schema = schema(event);
        JsonNode sample = WireJson.MAPPER.valueToTree(event);
        Committed.requireSame("schemas/%s.json".formatted(name(event)), schema, WRITE);
        Committed.requireSame("samples/%s.json".formatted(name(event)), sample, WRITE);
        assertThat(faults(schema, sample)).isEmpty();
        assertThat(read(event.topic(), event.key(), schema.get("title").asString(), sample))
                .isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void aSchemaIsOneByItsOwnRules(Event event) {
        String rules = "{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}";
        assertThat(SCHEMAS.getSchema(rules).validate(schema(event).toString(), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyFieldIsDescribed(Event event) {
        schema(event)
                .get("properties")
                .forEachEntry(
                        (field, schema) -> assertThat(schema.path("description").asString(""))
                                .as("what %s.%s means: a @param on its record", name(event), field)
                                .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("events")
    void aSchemaRefusesWhatWouldNotBeUnderstood(Event event) {
        ObjectNode schema = schema(event);
        schema.get("required").forEach(field -> {
            ObjectNode without = WireJson.MAPPER.valueToTree(event);
            without.remove(field.asString());
            assertThat(faults(schema, without)).as("without %s", field).isNotEmpty();
        });
        schema.get("properties").forEachEntry((field, rule) -> {
            ObjectNode retyped = WireJson.MAPPER.valueToTree(event);
            retyped.put(field, true);
            if (!rule.get("type").toString().contains("boolean")) {
                assertThat(faults(schema, retyped)).as("true as %s", field).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatTheSchemaLetsAnUpstreamLeaveOutIsNotMissed(Event event) {
        ObjectNode schema = schema(event);
        if (!Writer.of(event).isAsked()) {
            return;
        }
        Set<String> required = new HashSet<>();
        schema.get("required").forEach(field -> required.add(field.asString()));
        for (String field : schema.get("properties").propertyNames()) {
            if (!required.contains(field) && !field.equals("startsAt")) {
                ObjectNode without = WireJson.MAPPER.valueToTree(event);
                without.remove(field);
                assertThat(faults(schema, without)).as("without %s", field).isEmpty();
                assertThat(read(event.topic(), event.key(), schema.get("title").asString(), without))
                        .as("without %s", field)
                        .isInstanceOf(event.getClass());
            }
        }
    }

    @Test
    void noDocumentIsLeftOfWhatIsNoMore() throws IOException {
        Set<String> names = events().map(event -> name(event) + ".json").collect(Collectors.toSet());
        Committed.requireOnly("schemas", names);
        Committed.requireOnly("samples", names);
    }

    @Test
    void everyReferenceOfTheDocumentLeadsSomewhere() {
        List<JsonNode> references = document.findValues("$ref");
        assertThat(references)
                .hasSizeGreaterThan(50)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.asString().substring(1)).isMissingNode())
                        .as(reference.asString())
                        .isFalse());
    }

    @Test
    void whatWasPublishedIsStillRight() {
        List<String> broken = new ArrayList<>(Compatibility.ofEvents(Committed.read(BASELINE), document));
        published().forEach((what, outcome) -> {
            if (outcome instanceof String reason) {
                broken.add("%s as it was published can no longer be read (%s). Such records are on the log: read them."
                        .formatted(what, reason));
            }
        });
        Committed.requireCompatible(BASELINE, document, broken);
    }

    /** The samples of what was published, as they are read today. */
    private static Map<String, Object> published() {
        JsonNode baseline = Committed.read(BASELINE);
        Map<String, Object> outcomes = new LinkedHashMap<>();
        baseline.get("channels")
                .forEach(channel -> channel.get("messages").propertyNames().stream()
                        .filter(event -> baseline.at("/components/schemas").has(event))
                        .forEach(event -> {
                            JsonNode message = baseline.at("/components/messages/" + event);
                            JsonNode sample = message.at("/examples/0");
                            outcomes.put(
                                    event,
                                    read(
                                            channel.get("address").asString(),
                                            message.at("/bindings/kafka/key/examples/0")
                                                    .asString(),
                                            sample.at("/headers/ce_type").asString(),
                                            sample.get("payload")));
                        }));
        return outcomes;
    }
}
