package org.casewire.twin.message;

import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Status;
import org.casewire.twin.rest.RestDates;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A message in Twilio's shape: counts are text, error codes are numbers. */
final class MessageJson {

    private MessageJson() {}

    static void writeObject(JsonGenerator json, Message message) {
        json.writeStartObject();
        write(json, message);
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Message message) {
        Message.State state = message.state();
        String uri = "/2010-04-01/Accounts/" + message.account().sid() + "/Messages/" + message.sid();
        // A Messaging Service has not chosen its sender before the message is queued.
        boolean chosen = state.status() != Status.ACCEPTED;
        json.writeStringProperty("body", message.body());
        json.writeStringProperty("num_segments", chosen ? Integer.toString(message.segments()) : "0");
        json.writeStringProperty("direction", message.direction().word());
        json.writeStringProperty("from", chosen ? message.from() : null);
        json.writeStringProperty("to", message.to());
        RestDates.write(json, "date_updated", state.updatedAt());
        json.writeNullProperty("price");
        json.writeStringProperty("error_message", errorMessage(state.errorCode()));
        json.writeStringProperty("uri", uri + ".json");
        json.writeStringProperty("account_sid", message.account().sid());
        json.writeStringProperty("num_media", Integer.toString(message.media().size()));
        json.writeStringProperty("status", state.status().word());
        json.writeStringProperty("messaging_service_sid", message.service());
        json.writeStringProperty("sid", message.sid());
        RestDates.write(json, "date_sent", state.sentAt());
        RestDates.write(json, "date_created", message.createdAt());
        writeErrorCode(json, state.errorCode());
        json.writeStringProperty("price_unit", "USD");
        json.writeStringProperty("api_version", "2010-04-01");
        json.writeObjectPropertyStart("subresource_uris");
        json.writeStringProperty("media", uri + "/Media.json");
        json.writeEndObject();
    }

    private static void writeErrorCode(JsonGenerator json, int errorCode) {
        if (errorCode == 0) {
            json.writeNullProperty("error_code");
        } else {
            json.writeNumberProperty("error_code", errorCode);
        }
    }

    private static @Nullable String errorMessage(int errorCode) {
        return switch (errorCode) {
            case 0 -> null;
            case 21610 -> "Attempt to send to unsubscribed recipient";
            case 30036 -> "Validity Period Expired";
            default -> "Error " + errorCode;
        };
    }
}
