package org.casewire.twin.optout;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words Twilio itself acts on, alone in a text and in any case, and what it answers. */
public enum Keyword {
    STOP(
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
            "You have successfully been unsubscribed. You will not receive any more messages from this number."
                    + " Reply START to resubscribe."),
    START(
            Set.of("START", "YES", "UNSTOP"),
            "You have successfully been re-subscribed to messages from this number. Reply HELP for help."
                    + " Reply STOP to unsubscribe. Msg&Data Rates May Apply."),
    HELP(Set.of("HELP", "INFO"), "Reply STOP to unsubscribe. Msg&Data Rates May Apply.");

    private final Set<String> words;
    private final String reply;

    Keyword(Set<String> words, String reply) {
        this.words = words;
        this.reply = reply;
    }

    /** The keyword a text is, if it is one. */
    public static Optional<Keyword> of(String text) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        for (Keyword keyword : values()) {
            if (keyword.words.contains(word)) {
                return Optional.of(keyword);
            }
        }
        return Optional.empty();
    }

    /** What Twilio answers by itself. */
    public String reply() {
        return reply;
    }
}
