package org.casewire.notification.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.WireJson;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the dead letters of all topics. They are read as what they are: nothing in them need be as agreed. Between them
 * stand the operator's notes of which were replayed, and letters that were told of where they stood before; nobody is
 * told of those.
 */
@Component
class DeadLetterListener {

    private static final String NOTE_OF_A_REPLAY = "x-replayed";
    private static final String MOVED_FROM = "x-moved-from";

    private final Mailbag mailbag;
    private final Recipients recipients;
    private final Sites sites;

    DeadLetterListener(Mailbag mailbag, Recipients recipients, Sites sites) {
        this.mailbag = mailbag;
        this.recipients = recipients;
        this.sites = sites;
    }

    @KafkaListener(
            topics =
                    "#{T(org.casewire.events.Topics).all().![name + T(org.casewire.events.Topics).DEAD_LETTER_SUFFIX]}")
    @Transactional
    public void on(List<ConsumerRecord<String, byte[]>> letters) {
        mailbag.put(letters.stream()
                .filter(letter -> letter.headers().lastHeader(NOTE_OF_A_REPLAY) == null)
                .filter(letter -> letter.headers().lastHeader(MOVED_FROM) == null)
                .map(this::matter)
                .toList());
    }

    private Matter matter(ConsumerRecord<String, byte[]> letter) {
        return new Matter(
                recipients.ofDeadLettersOf(site(letter).orElse(null)),
                "%s, %d, %d".formatted(letter.topic(), letter.partition(), letter.offset()),
                Instant.ofEpochMilli(letter.timestamp()));
    }

    /** The site that the key names, else the one that the record names, if there is one of that name. */
    private Optional<String> site(ConsumerRecord<String, byte[]> letter) {
        Stream<String> ofKey = Stream.ofNullable(letter.key()).map(key -> key.split("\\|", 2)[0]);
        return Stream.concat(ofKey, named(letter.value()).stream())
                .filter(site -> sites.find(site).isPresent())
                .findFirst();
    }

    private static Optional<String> named(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            JsonNode site = WireJson.MAPPER.readTree(value).path("site");
            return site.isString() ? Optional.of(site.asString()) : Optional.empty();
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }
}
