package org.casewire.outbound.request;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.CaseRef;
import org.casewire.events.Purpose;
import org.casewire.events.SendRequested.Audience;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.message.MessageStatus;
import org.jspecify.annotations.Nullable;

/**
 * A request after its check: either good to be sent or refused with the reason; kept in both cases.
 *
 * @param contact E.164; as written when it is no number
 * @param sender the one asked for; null leaves the choice to the conversation
 * @param body the whole text as it leaves; of a refused request what can be shown of it
 * @param parts what leaves, one Twilio message each; none when refused
 * @param fingerprint tells a repeat from another request under the same id
 * @param textDemanded whether it is to go by text in spite of an e-mail preference
 * @param lineAt when it takes its place in the conversation's line
 */
record Checked(
        MessageKey key,
        String contact,
        @Nullable String sender,
        @Nullable String body,
        List<String> mediaUrls,
        List<Content> parts,
        @Nullable CaseRef caseRef,
        @Nullable String sentBy,
        Purpose purpose,
        Audience audience,
        boolean textDemanded,
        Map<String, String> attributes,
        @Nullable Instant sendAt,
        @Nullable Instant expiresAt,
        Instant lineAt,
        byte[] fingerprint,
        String traceParent,
        Optional<Rejection> rejection) {

    boolean isScheduled(Instant now) {
        return rejection.isEmpty() && lineAt.isAfter(now);
    }

    /** Where it stands once it is kept. */
    MessageStatus status(Instant now) {
        if (rejection.isPresent()) {
            return MessageStatus.REJECTED;
        }
        return isScheduled(now) ? MessageStatus.SCHEDULED : MessageStatus.WAITING;
    }

    boolean leavesSenderOpen() {
        return sender == null && rejection.isEmpty();
    }

    Checked withSender(String chosen) {
        return with(chosen, parts, rejection);
    }

    Checked refused(Rejection why) {
        return with(sender, List.of(), Optional.of(why));
    }

    private Checked with(@Nullable String from, List<Content> leaving, Optional<Rejection> why) {
        return new Checked(
                key,
                contact,
                from,
                body,
                mediaUrls,
                leaving,
                caseRef,
                sentBy,
                purpose,
                audience,
                textDemanded,
                attributes,
                sendAt,
                expiresAt,
                lineAt,
                fingerprint,
                traceParent,
                why);
    }

    /** CONVERSATION before NOTIFICATION before REMINDER and the rest. */
    int lane() {
        return switch (purpose) {
            case CONVERSATION, OPT_IN -> 0;
            case NOTIFICATION -> 1;
            case REMINDER, STATEMENT, NOTICE -> 2;
        };
    }
}
