package org.casewire.events.transport;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.casewire.events.Event;
import org.casewire.events.transport.WireJson.Reading;
import tools.jackson.core.JacksonException;

/** Turns events into Kafka records and back (CloudEvents 1.0, binary mode, JSON value). */
public final class EventCodec {

    private static final String TYPE_PREFIX = "casewire.";
    private static final String TYPE_SUFFIX = ".v1";

    private final String source;
    private final Map<Class<?>, Map<String, Class<? extends Event>>> families = new ConcurrentHashMap<>();

    /** @param source the CloudEvents source of everything encoded here, such as {@code /casewire/outbound-service} */
    public EventCodec(String source) {
        this.source = source;
    }

    /** The CloudEvents type of an event. */
    public static String typeOf(Class<? extends Event> event) {
        return TYPE_PREFIX + event.getSimpleName() + TYPE_SUFFIX;
    }

    /** An event ready for its topic. */
    public ProducerRecord<String, byte[]> encode(Event event, UUID id, Instant time, String traceParent) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(event.topic(), event.key(), WireJson.MAPPER.writeValueAsBytes(event));
        Headers headers = message.headers();
        CloudEvent.write(headers, CloudEvent.SPEC_VERSION, "1.0");
        CloudEvent.write(headers, CloudEvent.ID, id.toString());
        CloudEvent.write(headers, CloudEvent.TYPE, typeOf(event.getClass()));
        CloudEvent.write(headers, CloudEvent.SOURCE, source);
        CloudEvent.write(headers, CloudEvent.TIME, time.toString());
        CloudEvent.write(headers, CloudEvent.SUBJECT, event.subject());
        CloudEvent.write(headers, CloudEvent.CONTENT_TYPE, "application/json");
        CloudEvent.write(headers, CloudEvent.TRACE_PARENT, traceParent);
        return message;
    }

    /**
     * Reads a record as one of a family's events.
     *
     * @throws UnreadableEvent when it is none of them or no readable JSON
     */
    <E extends Event> Received<E> decode(ConsumerRecord<String, byte[]> message, Class<E> family) {
        if (message.value() == null) {
            return new Received.Tombstone<>(String.valueOf(message.key()), origin(message));
        }
        Reading<? extends E> reading =
                read(message, typeNamedBy(message, family).asSubclass(family));
        E event = reading.value();
        requireSameSite(message.key(), event);
        return new Received.Arrived<>(event, reading.problems(), origin(message));
    }

    private static <T> Reading<T> read(ConsumerRecord<String, byte[]> message, Class<T> type) {
        try {
            Reading<T> reading = WireJson.read(message.value(), type);
            if (reading.value() == null) {
                throw new UnreadableEvent("the value is JSON null, not an event");
            }
            return reading;
        } catch (JacksonException unreadable) {
            throw new UnreadableEvent(WhyUnreadable.reason(unreadable), unreadable);
        }
    }

    private Class<? extends Event> typeNamedBy(ConsumerRecord<String, byte[]> message, Class<? extends Event> family) {
        String type = CloudEvent.read(message.headers(), CloudEvent.TYPE)
                .orElseThrow(() -> new UnreadableEvent("header ce_type is missing"));
        Map<String, Class<? extends Event>> known = families.computeIfAbsent(family, EventCodec::eventsOf);
        return Optional.ofNullable(known.get(type))
                .orElseThrow(() ->
                        new UnreadableEvent("unknown ce_type '" + type + "'; this topic carries " + known.keySet()));
    }

    private static Map<String, Class<? extends Event>> eventsOf(Class<?> family) {
        return leaves(family).collect(Collectors.toUnmodifiableMap(EventCodec::typeOf, Function.identity()));
    }

    private static Stream<Class<? extends Event>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventCodec::leaves)
                : Stream.of(type.asSubclass(Event.class));
    }

    private static void requireSameSite(String key, Event event) {
        String site = key == null ? event.site() : key.split("\\|", 2)[0];
        if (!site.equals(event.site())) {
            throw new UnreadableEvent("the key names site '" + site + "' but the event is of '" + event.site() + "'");
        }
    }

    private static Received.Origin origin(ConsumerRecord<String, byte[]> message) {
        Headers headers = message.headers();
        String place = message.topic() + "-" + message.partition() + "-" + message.offset();
        return new Received.Origin(
                CloudEvent.read(headers, CloudEvent.ID).orElse(place),
                message.key(),
                CloudEvent.read(headers, CloudEvent.TIME)
                        .flatMap(EventCodec::instant)
                        .orElseGet(() -> Instant.ofEpochMilli(message.timestamp())),
                TraceParent.carriedOrNew(CloudEvent.read(headers, CloudEvent.TRACE_PARENT)),
                message.topic(),
                message.partition(),
                message.offset());
    }

    private static Optional<Instant> instant(String time) {
        try {
            return Optional.of(OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    /** The payload of a record for a person to read. */
    static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
