package org.casewire.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.casewire.events.transport.WhyUnreadable;
import org.casewire.events.transport.WireJson;
import org.casewire.events.transport.WireJson.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The wire contract: what stands in {@code golden/} is what other systems read and write, field by field. */
class GoldenEventsTest {

    private static final Set<String> MESSAGE = Set.of("messageId", "site");
    private static final Set<String> REPLY = Set.of("sid", "site", "contact");

    /** What an event cannot be understood without; every other field may be missing. */
    private static final Map<String, Set<String>> REQUIRED = Map.ofEntries(
            Map.entry("SendRequested", Set.of("site")),
            Map.entry("SendCancelled", Set.of("site")),
            Map.entry("MessageCancelled", MESSAGE),
            Map.entry("ConsentChanged", Set.of("site", "contact", "state", "source", "at")),
            Map.entry("ContactChanged", Set.of("site", "contactId", "updatedAt")),
            Map.entry("MessageScheduled", MESSAGE),
            Map.entry("MessageHeld", MESSAGE),
            Map.entry("MessageAccepted", MESSAGE),
            Map.entry("MessageStatusChanged", MESSAGE),
            Map.entry("MessageRejected", MESSAGE),
            Map.entry("MessageReceived", Set.of("sid", "site", "contact", "receivedAt")),
            Map.entry("CallReceived", Set.of("callSid", "site", "contact", "receivedAt")),
            Map.entry("DeliveryReported", Set.of("sid", "site", "contact", "status", "receivedAt")),
            Map.entry("ReplyRouted", REPLY),
            Map.entry("ReplyUnassigned", REPLY),
            Map.entry("ReplyAssigned", REPLY),
            Map.entry("TextsErased", Set.of("site", "contact", "at")),
            Map.entry("DocumentStored", Set.of("sid", "site", "contact", "documentId")),
            Map.entry("AlertRaised", Set.of()),
            Map.entry("AlertDismissed", Set.of()),
            Map.entry("SiteChanged", Set.of("site", "updatedAt")),
            Map.entry("CaseChanged", Set.of("site", "caseRef", "updatedAt")),
            Map.entry("UserChanged", Set.of("site", "userId", "updatedAt")),
            Map.entry("CalendarEntryChanged", Set.of("site", "entryId", "startsAt", "updatedAt")),
            Map.entry("ActivityReported", Set.of("site", "activityId", "type")));

    static Stream<Event> events() {
        return SampleEvents.all();
    }

    private static ObjectNode golden(Event event) {
        return golden(event.getClass().getSimpleName());
    }

    private static ObjectNode golden(String name) {
        try (InputStream file = GoldenEventsTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            return (ObjectNode) WireJson.MAPPER.readTree(file.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Reading<? extends Event> read(JsonNode json, Event like) {
        return WireJson.read(WireJson.MAPPER.writeValueAsBytes(json), like.getClass());
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(GoldenEventsTest::leaves)
                : Stream.of(type);
    }

    @Test
    void noEventIsWithoutAGoldenFile() {
        List<String> events = leaves(Event.class).map(Class::getSimpleName).toList();
        assertThat(events)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(GoldenEventsTest.class.getResource("/golden/" + name + ".json"))
                        .as("golden/%s.json", name)
                        .isNotNull());
        assertThat(events().map(event -> event.getClass().getSimpleName()))
                .as("SampleEvents holds each of them")
                .containsExactlyInAnyOrderElementsOf(events);
        assertThat(REQUIRED.keySet()).containsExactlyInAnyOrderElementsOf(events);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsWrittenAsItsGoldenFileSays(Event event) {
        assertThat(WireJson.MAPPER.readTree(WireJson.MAPPER.writeValueAsBytes(event)))
                .isEqualTo(golden(event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void aGoldenFileIsReadAsItsEvent(Event event) {
        Reading<? extends Event> reading = read(golden(event), event);
        assertThat(reading.value()).isEqualTo(event);
        assertThat(reading.problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void fieldsAddedLaterAreIgnored(Event event) {
        ObjectNode newer = golden(event);
        newer.put("mood", "fine");
        newer.putObject("message").put("messageId", 7);
        newer.putArray("document").add(1);
        Reading<? extends Event> reading = read(newer, event);
        assertThat(reading.value()).isEqualTo(event);
        assertThat(reading.problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsReadWithoutTheFieldsItCanDoWithout(Event event) {
        Set<String> required = required(event);
        for (String field : List.copyOf(golden(event).propertyNames())) {
            ObjectNode without = golden(event);
            without.remove(field);
            if (required.contains(field)) {
                assertThatThrownBy(() -> read(without, event))
                        .as("without %s", field)
                        .isInstanceOfSatisfying(
                                JacksonException.class,
                                failure -> assertThat(WhyUnreadable.reason(failure))
                                        .contains(field + " is missing"));
            } else {
                requireReadable(without, event, field);
            }
        }
    }

    private static void requireReadable(JsonNode without, Event event, String field) {
        String name = event.getClass().getSimpleName();
        try {
            assertThat(read(without, event).problems())
                    .as("%s without %s", name, field)
                    .isEmpty();
        } catch (JacksonException refused) {
            throw new AssertionError(
                    "%s.%s is needed now and was not (%s). Such records are on the log: give it a default."
                            .formatted(name, field, WhyUnreadable.reason(refused)),
                    refused);
        }
    }

    private static Set<String> required(Event event) {
        String name = event.getClass().getSimpleName();
        assertThat(REQUIRED).as("what %s cannot be understood without", name).containsKey(name);
        return REQUIRED.get(name);
    }

    @ParameterizedTest
    @MethodSource("events")
    void aNullIsAsGoodAsAMissingField(Event event) {
        Set<String> required = required(event);
        ObjectNode bare = golden(event);
        ObjectNode nulls = golden(event);
        for (String field : List.copyOf(bare.propertyNames())) {
            if (!required.contains(field)) {
                bare.remove(field);
                nulls.putNull(field);
            }
        }
        assertThat(read(nulls, event).problems()).isEmpty();
        assertThat(read(nulls, event).value()).isEqualTo(read(bare, event).value());
    }

    @Test
    void anUnknownValueIsWrittenAsNullAndNotLeftOut() {
        MessageHeader header = new MessageHeader(
                java.util.UUID.randomUUID(), "demo", "+14045387319", null, null, null, Purpose.NOTICE, Map.of());
        Event refused = new OutboundEvent.MessageStatusChanged(
                header, java.time.Instant.EPOCH, 2, null, OutboundEvent.Status.FAILED, null);
        JsonNode json = WireJson.MAPPER.readTree(WireJson.MAPPER.writeValueAsBytes(refused));
        List<String> nulls = new ArrayList<>();
        json.propertyStream().filter(field -> field.getValue().isNull()).forEach(field -> nulls.add(field.getKey()));
        assertThat(nulls).containsExactlyInAnyOrder("from", "caseRef", "sentBy", "sid", "errorCode");
    }
}
