package org.casewire.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people sent to a site's numbers, on {@link Topics#INBOUND}. */
public sealed interface InboundEvent extends Event {

    /** Who wrote or called: Twilio's {@code From} as given. */
    String contact();

    @Override
    default String topic() {
        return Topics.INBOUND;
    }

    @Override
    default String key() {
        return new Conversation(site(), contact()).key();
    }

    /**
     * A text or picture message came in.
     *
     * @param sid Twilio's MessageSid, the identity of the text
     * @param to the site's number it was sent to
     * @param body as written; empty for a picture alone
     * @param keyword what Twilio itself understood the text to be
     * @param recovered true when it was found in Twilio's list instead of being delivered
     * @param answer the text response given, null when none was
     * @param attributes what else Twilio said, by Twilio's own names
     */
    record MessageReceived(
            String sid,
            String site,
            String contact,
            String to,
            String body,
            List<Media> media,
            int segments,
            Keyword keyword,
            Instant receivedAt,
            boolean recovered,
            @Nullable String answer,
            Map<String, String> attributes)
            implements InboundEvent {
        public MessageReceived {
            Required.field(sid, "sid");
            Required.field(site, "site");
            Required.field(contact, "contact");
            Required.field(receivedAt, "receivedAt");
            body = body == null ? "" : body;
            media = media == null ? List.of() : media;
            keyword = keyword == null ? Keyword.NONE : keyword;
            attributes = attributes == null ? Map.of() : attributes;
        }

        /** The same text with the answer it was given. */
        public MessageReceived answered(String given) {
            return new MessageReceived(
                    sid, site, contact, to, body, media, segments, keyword, receivedAt, recovered, given, attributes);
        }

        @Override
        public String subject() {
            return sid;
        }
    }

    /**
     * Somebody called; what the caller heard is the site's call response.
     *
     * @param callSid Twilio's CallSid, the identity of the call
     * @param to the site's number that was called
     * @param attributes what else Twilio said, by Twilio's own names
     */
    record CallReceived(
            String callSid, String site, String contact, String to, Instant receivedAt, Map<String, String> attributes)
            implements InboundEvent {
        public CallReceived {
            Required.field(callSid, "callSid");
            Required.field(site, "site");
            Required.field(contact, "contact");
            Required.field(receivedAt, "receivedAt");
            attributes = attributes == null ? Map.of() : attributes;
        }

        @Override
        public String subject() {
            return callSid;
        }
    }

    /** A received file, still at Twilio. */
    record Media(String url, @Nullable String contentType) {}

    /** Twilio's own opt-out, opt-in and help words. */
    enum Keyword {
        NONE,
        STOP,
        START,
        HELP
    }
}
