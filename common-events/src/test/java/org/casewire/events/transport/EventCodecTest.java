package org.casewire.events.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.casewire.events.CaseEvent;
import org.casewire.events.Event;
import org.casewire.events.SampleEvents;
import org.casewire.events.SiteEvent.SiteChanged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

    private static final UUID ID = UUID.fromString("11111111-2222-4333-8444-555555555555");
    private static final Instant TIME = Instant.parse("2026-03-02T13:00:00.125Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final EventCodec codec = new EventCodec("/casewire/test");

    static Stream<Event> events() {
        return SampleEvents.all();
    }

    private static ConsumerRecord<String, byte[]> arriving(ProducerRecord<String, byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                3,
                42,
                77L,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    private static ConsumerRecord<String, byte[]> arriving(String key, String value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> sent = new ProducerRecord<>(
                "sms.cases",
                null,
                key,
                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                new RecordHeaders());
        headers.forEach((name, text) -> sent.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return arriving(sent);
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsABinaryCloudEvent(Event event) {
        ProducerRecord<String, byte[]> message = codec.encode(event, ID, TIME, TRACE);
        assertThat(message.topic()).isEqualTo(event.topic());
        assertThat(message.key()).isEqualTo(event.key()).startsWith("demo");
        assertThat(headers(message))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        ID.toString(),
                        "ce_type",
                        "casewire." + event.getClass().getSimpleName() + ".v1",
                        "ce_source",
                        "/casewire/test",
                        "ce_time",
                        "2026-03-02T13:00:00.125Z",
                        "ce_subject",
                        event.subject(),
                        "content-type",
                        "application/json",
                        "traceparent",
                        TRACE));
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsWrittenIsReadBack(Event event) {
        Received<Event> received = codec.decode(arriving(codec.encode(event, ID, TIME, TRACE)), Event.class);
        assertThat(received)
                .isEqualTo(new Received.Arrived<>(
                        event,
                        List.of(),
                        new Received.Origin(ID.toString(), event.key(), TIME, TRACE, event.topic(), 3, 42)));
    }

    @Test
    void everythingOfAConversationHasTheSameKey() {
        List<String> keys = SampleEvents.all()
                .filter(event -> !(event instanceof CaseEvent) && !(event instanceof SiteChanged))
                .filter(event -> event.topic().matches("sms\\.(outbound|inbound|delivery|replies|consent)"))
                .map(Event::key)
                .distinct()
                .toList();
        assertThat(keys).containsExactly("demo|+14045387319");
    }

    private static final String CASE =
            "{\"site\":\"demo\",\"caseRef\":{\"kind\":\"CASE\",\"id\":\"1\"},\"updatedAt\":\"2026-03-01T10:00:00Z\"}";
    private static final Map<String, String> CASE_TYPE = Map.of("ce_type", "casewire.CaseChanged.v1");

    @Test
    void whatAnUpstreamLeavesOutIsFilledIn() {
        Received.Origin origin = codec.decode(arriving("demo|CASE|1", CASE, CASE_TYPE), CaseEvent.class)
                .origin();
        assertThat(origin.id()).isEqualTo("sms.cases-3-42");
        assertThat(origin.time()).isEqualTo(Instant.ofEpochMilli(77));
        assertThat(origin.traceParent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z",
        "2026-03-01T10:00:00.5+02:00, 2026-03-01T08:00:00.5Z",
        "yesterday, 1970-01-01T00:00:00.077Z"
    })
    void theTimeOfAnEventIsItsOwnWhereItCanBeRead(String written, Instant time) {
        Map<String, String> headers = Map.of("ce_type", "casewire.CaseChanged.v1", "ce_time", written);
        assertThat(codec.decode(arriving("demo|CASE|1", CASE, headers), CaseEvent.class)
                        .origin()
                        .time())
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"})
    void aTraceThatIsNoneIsStartedAnew(String written) {
        Map<String, String> headers = Map.of("ce_type", "casewire.CaseChanged.v1", "traceparent", written);
        assertThat(codec.decode(arriving("demo|CASE|1", CASE, headers), CaseEvent.class)
                        .origin()
                        .traceParent())
                .isNotEqualTo(written)
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    header ce_type is missing   ; demo|CASE|1  ;
                    unknown ce_type             ; demo|CASE|1  ; casewire.CaseClosed.v1
                    unknown ce_type             ; demo|CASE|1  ; casewire.CaseChanged.v2
                    unknown ce_type             ; demo|CASE|1  ; casewire.UserChanged.v1
                    unknown ce_type             ; demo|CASE|1  ; CaseChanged
                    names site 'other'          ; other|CASE|1 ; casewire.CaseChanged.v1
                    """)
    void whatIsNotOfTheTopicIsUnreadableAndSaysWhy(String why, String key, String type) {
        Map<String, String> headers = type == null ? Map.of() : Map.of("ce_type", type);
        assertThatThrownBy(() -> codec.decode(arriving(key, CASE, headers), CaseEvent.class))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "7", "\"text\"", "{} {}"})
    void jsonThatIsNoEventIsUnreadable(String json) {
        assertThatThrownBy(() -> codec.decode(arriving("demo|CASE|1", json, CASE_TYPE), CaseEvent.class))
                .isInstanceOf(UnreadableEvent.class);
    }

    @Test
    void aRecordWithoutAKeyIsOfTheSiteItNames() {
        assertThat(codec.decode(arriving(null, CASE, CASE_TYPE), CaseEvent.class))
                .isInstanceOfSatisfying(
                        Received.Arrived.class,
                        arrived ->
                                assertThat(((CaseEvent) arrived.event()).site()).isEqualTo("demo"));
    }
}
