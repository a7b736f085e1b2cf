package org.casewire.routing.entry;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.Purpose;
import org.casewire.events.page.Cursor;
import org.casewire.routing.list.Place;
import org.casewire.routing.matching.Rule;
import org.casewire.routing.people.UserProfiles.Colleague;
import org.casewire.routing.reply.Reply;
import org.casewire.routing.search.Unindexed.Direction;
import org.casewire.routing.sent.MessageStatus;
import org.jspecify.annotations.Nullable;

/**
 * A text in a log.
 *
 * @param messageId of a sent text
 * @param sid of a received one
 * @param contact the person at the other end
 * @param colleague that person, where it is one of the site's own
 * @param at when it was first told of, or came in
 * @param status of a sent text
 * @param reason why a text was never sent
 * @param sentBy who sent it, and {@code sentByName} how that user is called
 * @param cases all cases it stands on
 * @param state of a received text: whether it waits for a person to file it
 * @param contactId the upstream's contact, or {@code userId} the user, a received text was assigned to
 * @param answer the text response the sender of a received text was given at once
 * @param erased whether its words and files are gone for good
 */
public record Entry(
        Direction direction,
        @Nullable UUID messageId,
        @Nullable String sid,
        String contact,
        @Nullable Colleague colleague,
        @Nullable String from,
        String to,
        String body,
        List<Attachment> media,
        Instant at,
        @Nullable MessageStatus status,
        @Nullable Integer errorCode,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable String sentBy,
        @Nullable String sentByName,
        @Nullable Purpose purpose,
        List<CaseRef> cases,
        Reply.@Nullable State state,
        @Nullable String contactId,
        @Nullable String userId,
        @Nullable Rule rule,
        List<String> explanation,
        @Nullable String answer,
        boolean erased) {

    /** Its place in a list of sent and received texts. */
    public Cursor place() {
        return messageId != null ? Place.sent(at, messageId) : Place.received(at, String.valueOf(sid));
    }
}
