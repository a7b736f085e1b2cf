package org.casewire.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.InboundEvent.Media;
import org.jspecify.annotations.Nullable;

/** Where received texts were filed and what became of them, on {@link Topics#REPLIES}. */
public sealed interface ReplyEvent extends Event {

    /** Whose texts they are. */
    String contact();

    @Override
    default String topic() {
        return Topics.REPLIES;
    }

    @Override
    default String key() {
        return new Conversation(site(), contact()).key();
    }

    /** Tells of one received text. */
    sealed interface TextEvent extends ReplyEvent {

        /** Twilio's MessageSid of the received text. */
        String sid();

        @Override
        default String subject() {
            return sid();
        }
    }

    /**
     * A text was filed on one or more cases.
     *
     * @param strategy the site's matching strategy at that moment
     * @param rule the step that found the cases: OUTBOUND, OPENED, INTAKE or ALL
     * @param explanation sentences for people: what was looked at and why this was chosen
     */
    record ReplyRouted(
            String sid,
            String site,
            String contact,
            String to,
            String body,
            List<Media> media,
            List<CaseRef> cases,
            Matching strategy,
            String rule,
            List<String> explanation,
            Instant receivedAt)
            implements TextEvent {
        public ReplyRouted {
            Required.field(sid, "sid");
            Required.field(site, "site");
            Required.field(contact, "contact");
            media = media == null ? List.of() : media;
            cases = cases == null ? List.of() : cases;
            explanation = explanation == null ? List.of() : explanation;
        }
    }

    /**
     * No step found a case: the text stands in the received log for a person to file.
     *
     * @param rule NONE
     */
    record ReplyUnassigned(
            String sid,
            String site,
            String contact,
            String to,
            String body,
            List<Media> media,
            Matching strategy,
            String rule,
            List<String> explanation,
            Instant receivedAt)
            implements TextEvent {
        public ReplyUnassigned {
            Required.field(sid, "sid");
            Required.field(site, "site");
            Required.field(contact, "contact");
            media = media == null ? List.of() : media;
            explanation = explanation == null ? List.of() : explanation;
        }
    }

    /**
     * A text was moved.
     *
     * @param cases where it stands now
     * @param removed where it stood before and no longer does
     * @param by the user who moved it, or {@code casewire}
     */
    record ReplyAssigned(
            String sid,
            String site,
            String contact,
            List<CaseRef> cases,
            @Nullable String contactId,
            @Nullable String userId,
            List<CaseRef> removed,
            String by,
            Instant at)
            implements TextEvent {
        public ReplyAssigned {
            Required.field(sid, "sid");
            Required.field(site, "site");
            Required.field(contact, "contact");
            cases = cases == null ? List.of() : cases;
            removed = removed == null ? List.of() : removed;
        }
    }

    /**
     * Every text from and to a person up to a moment was erased: whoever keeps such texts erases them as well, and takes
     * none of them in again. The consent ledger stays.
     *
     * @param by the user who erased them
     * @param at texts up to then are meant
     */
    record TextsErased(String site, String contact, String by, Instant at) implements ReplyEvent {
        public TextsErased {
            Required.field(site, "site");
            Required.field(contact, "contact");
            Required.field(at, "at");
        }

        @Override
        public String subject() {
            return contact;
        }
    }

    /**
     * A file that came with a text is kept; told again with the same id when the text moves.
     *
     * @param documentId the file's identity
     * @param cases all cases the text stands on; none while it waits for a person to file it
     * @param contentType what the file is by its content, whatever was declared
     * @param sha256 of the content, in hexadecimal digits
     * @param href where it can be read, below the address of the HTTP API
     */
    record DocumentStored(
            String sid,
            String site,
            String contact,
            UUID documentId,
            List<CaseRef> cases,
            String contentType,
            Long bytes,
            String sha256,
            String href)
            implements ReplyEvent {
        public DocumentStored {
            Required.field(sid, "sid");
            Required.field(site, "site");
            Required.field(contact, "contact");
            Required.field(documentId, "documentId");
            cases = cases == null ? List.of() : cases;
        }

        @Override
        public String subject() {
            return sid;
        }
    }
}
