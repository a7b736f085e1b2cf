package org.casewire.local.demo;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something an upstream application tells, as it goes over the wire.
 *
 * @param type the event's name, without prefix and version
 * @param subject the id of what it is about
 */
record UpstreamEvent(String topic, String key, String type, String subject, ObjectNode value) {

    /** An event as an upstream wrote it; its topic and key follow from what it is and says. */
    static UpstreamEvent of(String type, ObjectNode value) {
        return switch (type) {
            case "SendRequested", "SendCancelled" ->
                new UpstreamEvent("sms.send-queue", key(value, "/to"), type, text(value, "/messageId"), value);
            case "CaseChanged" ->
                new UpstreamEvent(
                        "sms.cases",
                        key(value, "/caseRef/kind", "/caseRef/id"),
                        type,
                        text(value, "/caseRef/id"),
                        value);
            case "UserChanged" ->
                new UpstreamEvent("sms.users", key(value, "/userId"), type, text(value, "/userId"), value);
            case "ConsentChanged" ->
                new UpstreamEvent("sms.consent", key(value, "/contact"), type, text(value, "/contact"), value);
            case "ContactChanged" ->
                new UpstreamEvent("sms.contacts", key(value, "/contactId"), type, text(value, "/contactId"), value);
            default -> throw new IllegalArgumentException("An upstream does not publish " + type + " here.");
        };
    }

    private static String key(ObjectNode value, String... fields) {
        return text(value, "/site")
                + Arrays.stream(fields).map(field -> "|" + text(value, field)).collect(Collectors.joining());
    }

    private static String text(ObjectNode value, String field) {
        return value.at(field).asString("");
    }

    /** A CloudEvent in binary mode. */
    ProducerRecord<String, String> record(Clock clock) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, value.toString());
        header(record, "content-type", "application/json");
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", UUID.randomUUID().toString());
        header(record, "ce_type", "casewire." + type + ".v1");
        header(record, "ce_source", "/upstream/demo");
        header(record, "ce_time", clock.instant().toString());
        header(record, "ce_subject", subject);
        return record;
    }

    private static void header(ProducerRecord<String, String> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
