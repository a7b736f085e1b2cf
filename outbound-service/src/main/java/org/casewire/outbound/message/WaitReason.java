package org.casewire.outbound.message;

import java.time.Instant;
import java.util.Optional;
import org.casewire.events.OutboundEvent.Hold;
import org.casewire.outbound.message.MessageViews.Detail;
import org.casewire.outbound.message.MessageViews.PartView;
import org.casewire.outbound.message.MessageViews.Waits;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a message has not left yet. */
final class WaitReason {

    private WaitReason() {}

    /** The reason, null for a message that Twilio has or that ended. */
    static @Nullable Waits of(Detail found) {
        Instant nextTry = found.parts().stream()
                .map(PartView::nextTryAt)
                .flatMap(at -> Optional.ofNullable(at).stream())
                .findFirst()
                .orElse(null);
        return switch (found.message().status()) {
            case SCHEDULED -> new Waits("It is scheduled for later.", nextTry);
            case HELD -> held(found, nextTry);
            case WAITING -> new Waits("It waits for its turn in its sender's line.", nextTry);
            case SENDING -> new Waits("It is being handed to Twilio.", null);
            case IN_DOUBT -> doubt(found);
            case ACCEPTED, QUEUED, SENT, READ, DELIVERED, UNDELIVERED, FAILED, REJECTED, CANCELLED -> null;
        };
    }

    private static Waits held(Detail found, @Nullable Instant nextTry) {
        String reason = found.message().holdReason();
        String sentence = reason == null
                ? "It is held."
                : switch (Hold.valueOf(reason)) {
                    case QUIET_HOURS -> "It is a quiet hour where the recipient lives.";
                    case NUMBER_ON_HOLD -> "Twilio takes nothing from the sender for now; see the sender's health.";
                    case SENDER_PAUSED -> "The sender is paused.";
                    case SITE_PAUSED -> "The site is paused.";
                    case NO_CREDENTIALS -> "The site's Twilio account is not configured.";
                };
        return new Waits(sentence, nextTry);
    }

    private static Waits doubt(Detail found) {
        boolean person =
                found.parts().stream().map(PartView::doubt).anyMatch(doubt -> doubt != null && doubt.askPerson());
        return person
                ? new Waits(
                        "Twilio cannot tell whether it took the text. Look there, then say SENT with its SID, or RESEND.",
                        null)
                : new Waits("Nobody knows yet whether Twilio took the text; its callback or its list will tell.", null);
    }
}
