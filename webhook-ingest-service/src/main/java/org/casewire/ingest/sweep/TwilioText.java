package org.casewire.ingest.sweep;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * An inbound text as Twilio's list shows it.
 *
 * @param at when Twilio had it, in whole seconds
 * @param media how many files it has
 * @param attributes what else the list says, by the names the webhook would have used
 */
record TwilioText(
        String sid,
        String from,
        String to,
        String body,
        int segments,
        int media,
        Instant at,
        Map<String, String> attributes) {

    private static final Pattern BREAKS_A_KEY = Pattern.compile("[|\\p{Cntrl}]");

    /** Twilio is still fetching its files: the next look, which overlaps, finds it whole. */
    private static final String NOT_WHOLE_YET = "receiving";

    /** Empty for a text that went out, for one that is still coming in, and for one that nobody can be named for. */
    static Optional<TwilioText> of(JsonNode message) {
        String sid = text(message, "sid");
        String from = text(message, "from");
        boolean cameIn = "inbound".equals(text(message, "direction")) && !NOT_WHOLE_YET.equals(text(message, "status"));
        if (!cameIn || breaksAKey(sid) || breaksAKey(from)) {
            return Optional.empty();
        }
        return at(message)
                .map(at -> new TwilioText(
                        sid,
                        from,
                        text(message, "to"),
                        text(message, "body"),
                        number(message, "num_segments", 1),
                        number(message, "num_media", 0),
                        at,
                        attributes(message)));
    }

    private static boolean breaksAKey(String value) {
        return value.isBlank() || BREAKS_A_KEY.matcher(value).find();
    }

    private static Optional<Instant> at(JsonNode message) {
        String date = text(message, "date_sent");
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                    date.isEmpty() ? text(message, "date_created") : date, Instant::from));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static int number(JsonNode message, String field, int otherwise) {
        String value = text(message, field);
        return value.matches("\\d{1,4}") ? Integer.parseInt(value) : otherwise;
    }

    private static Map<String, String> attributes(JsonNode message) {
        Map<String, String> attributes = new LinkedHashMap<>();
        put(attributes, "AccountSid", text(message, "account_sid"));
        put(attributes, "ApiVersion", text(message, "api_version"));
        put(attributes, "MessagingServiceSid", text(message, "messaging_service_sid"));
        put(attributes, "SmsStatus", text(message, "status"));
        return attributes;
    }

    private static void put(Map<String, String> attributes, String name, String value) {
        if (!value.isEmpty()) {
            attributes.put(name, value);
        }
    }

    private static String text(JsonNode message, String field) {
        return message.path(field).asString("");
    }
}
