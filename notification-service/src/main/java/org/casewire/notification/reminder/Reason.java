package org.casewire.notification.reminder;

import java.util.Arrays;
import java.util.List;
import org.casewire.notification.users.Obstacle;
import org.jspecify.annotations.Nullable;

/** Why a reminder does not leave. */
enum Reason {
    MOVED("The entry was moved; there are reminders of its new start."),
    CANCELLED("The entry was cancelled."),
    ENTRY_DELETED("The entry was deleted."),
    NOT_ATTENDING("The person no longer attends."),
    NO_LONGER_WANTED("The entry no longer asks to be reminded of so long before."),
    PROFILE_CHANGED("The user's number or texting preference changed while the text waited; see the later reminder."),
    CALLED_OFF("Somebody cancelled the text before it left."),
    TOO_LATE("Its time had passed when it was asked for: the entry had begun, a later reminder says the same, or it was"
            + " more than a day over (casewire.reminders.catch-up)."),
    SWITCHED_OFF("The site does not remind these people: see reminders in its settings."),
    UNKNOWN_SITE("There is no site of that name."),
    UNKNOWN_USER("The upstream never told of this user, or that they are gone; it leaves if they come back in time."),
    USER_INACTIVE("The user is not active; it leaves if they become active in time."),
    TEXTING_OFF("The user's texting is switched off; it leaves if it is switched on in time."),
    NO_MOBILE("The user's profile has no mobile number; it leaves if one comes in time."),
    INVALID_MOBILE("The mobile number is none that can be texted; it leaves if a good one comes in time.");

    private static final String REFUSED = "It was asked for and refused or failed: see the message of that id.";

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    static Reason of(Obstacle obstacle) {
        return valueOf(obstacle.name());
    }

    /** Those that a change of the user's profile takes away. */
    static List<Reason> curable() {
        return Arrays.stream(Obstacle.values()).map(Reason::of).toList();
    }

    /** In words; the reasons of refused texts are told by whoever refused them. */
    static @Nullable String sentence(@Nullable String code) {
        return code == null
                ? null
                : Arrays.stream(values())
                        .filter(reason -> reason.name().equals(code))
                        .map(reason -> reason.sentence)
                        .findFirst()
                        .orElse(REFUSED);
    }

    String sentence() {
        return sentence;
    }
}
