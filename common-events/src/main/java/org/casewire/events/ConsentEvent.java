package org.casewire.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people said about being texted, on {@link Topics#CONSENT}. */
public sealed interface ConsentEvent extends Event {

    @Override
    default String topic() {
        return Topics.CONSENT;
    }

    /**
     * A person, or somebody for them, said whether a number may be texted. Ordered by {@code at}: an older one enters
     * the ledger and moves nothing.
     *
     * @param categories which texts are wanted; empty for all
     * @param evidence how it is known, null when nothing was kept
     * @param at when the person said it
     */
    record ConsentChanged(
            String site,
            String contact,
            State state,
            Source source,
            List<String> categories,
            @Nullable Evidence evidence,
            Instant at)
            implements ConsentEvent {
        public ConsentChanged {
            Required.field(site, "site");
            Required.field(contact, "contact");
            Required.field(state, "state");
            Required.field(source, "source");
            Required.field(at, "at");
            categories = categories == null ? List.of() : List.copyOf(categories);
        }

        @Override
        public String key() {
            return new Conversation(site, contact).key();
        }

        @Override
        public String subject() {
            return contact;
        }
    }

    /** What was said; NEEDS_REVIEW leaves the former state in force until a person decides. */
    enum State {
        OPTED_IN,
        OPTED_OUT,
        PENDING,
        NEEDS_REVIEW
    }

    /** By which road it became known. */
    enum Source {
        KEYWORD,
        PLAIN_LANGUAGE,
        WEB_FORM,
        STAFF,
        UPSTREAM,
        IMPORT,
        TWILIO_BLOCK
    }

    /**
     * How it is known.
     *
     * @param sid the text it was said in, Twilio's SID
     * @param words the person's own words
     * @param by who noted it, a user id
     * @param form the form it was given on
     */
    record Evidence(
            @Nullable String sid,
            @Nullable String words,
            @Nullable String by,
            @Nullable String form) {}
}
