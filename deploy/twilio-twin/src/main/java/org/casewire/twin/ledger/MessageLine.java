package org.casewire.twin.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.casewire.twin.account.Accounts;
import org.casewire.twin.ledger.Message.Content;
import org.casewire.twin.ledger.Message.Envelope;
import org.casewire.twin.ledger.Message.State;
import org.casewire.twin.ledger.Message.Terms;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** A message as one line of the journal. */
final class MessageLine {

    private MessageLine() {}

    static void write(Message message, JsonGenerator json) {
        State state = message.state();
        json.writeNumberProperty("n", message.sequence());
        json.writeStringProperty("sid", message.sid());
        json.writeStringProperty("account", message.account().sid());
        json.writeStringProperty("direction", message.direction().name());
        write(json, "service", message.service());
        json.writeStringProperty("from", message.from());
        json.writeStringProperty("to", message.to());
        json.writeStringProperty("text", message.text());
        writeMedia(json, message.media());
        write(json, "callback", message.statusCallback());
        write(json, "created", message.createdAt());
        write(json, "validUntil", message.validUntil());
        json.writeStringProperty("status", state.status().name());
        json.writeNumberProperty("error", state.errorCode());
        write(json, "updated", state.updatedAt());
        write(json, "sent", state.sentAt());
        write(json, "received", state.receivedAt());
        json.writeBooleanProperty("redacted", state.redacted());
        json.writeBooleanProperty("deleted", state.deleted());
    }

    private static void write(JsonGenerator json, String name, @Nullable Object value) {
        if (value != null) {
            json.writeStringProperty(name, value.toString());
        }
    }

    private static void writeMedia(JsonGenerator json, List<Media> media) {
        json.writeArrayPropertyStart("media");
        for (Media file : media) {
            json.writeStartObject();
            json.writeStringProperty("sid", file.sid());
            json.writeStringProperty("url", file.url());
            json.writeStringProperty("type", file.contentType());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Empty when its account is no longer configured. */
    static Optional<Message> read(JsonNode line, Accounts accounts) {
        return accounts.find(line.path("account").asString("")).map(account -> {
            Instant created = required(line, "created");
            Envelope envelope = new Envelope(
                    account,
                    Direction.valueOf(line.path("direction").asString("")),
                    line.path("service").asString(null),
                    line.path("from").asString(""),
                    line.path("to").asString(""));
            int validity = (int) (required(line, "validUntil").getEpochSecond() - created.getEpochSecond());
            return new Message(
                    line.path("n").asLong(),
                    line.path("sid").asString(""),
                    envelope,
                    new Content(line.path("text").asString(""), media(line.path("media"))),
                    new Terms(line.path("callback").asString(null), validity),
                    created,
                    state(line));
        });
    }

    private static State state(JsonNode line) {
        return new State(
                Status.valueOf(line.path("status").asString("")),
                line.path("error").asInt(),
                required(line, "updated"),
                optional(line, "sent"),
                optional(line, "received"),
                line.path("redacted").asBoolean(),
                line.path("deleted").asBoolean());
    }

    private static List<Media> media(JsonNode files) {
        List<Media> media = new ArrayList<>();
        files.forEach(file -> media.add(new Media(
                file.path("sid").asString(""),
                file.path("url").asString(""),
                file.path("type").asString(""))));
        return List.copyOf(media);
    }

    private static Instant required(JsonNode line, String name) {
        return Instant.parse(line.path(name).asString(""));
    }

    private static @Nullable Instant optional(JsonNode line, String name) {
        return line.has(name) ? required(line, name) : null;
    }
}
