package org.casewire.outbound.consent;

import java.time.Instant;
import java.util.List;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.jspecify.annotations.Nullable;

/** The consent of one number at one site: what is in force, and what waits for a person to decide. */
final class Consent {

    private final Conversation person;
    private @Nullable Standing standing;
    private List<String> categories;
    private @Nullable Evidence evidence;
    private @Nullable Review review;

    Consent(
            Conversation person,
            @Nullable Standing standing,
            List<String> categories,
            @Nullable Evidence evidence,
            @Nullable Review review) {
        this.person = person;
        this.standing = standing;
        this.categories = categories;
        this.evidence = evidence;
        this.review = review;
    }

    /** Words that may or may not be an opt-out. */
    record Review(Source source, @Nullable Evidence evidence, Instant at) {}

    /** Nothing was ever said. */
    static Consent unknown(Conversation person) {
        return new Consent(person, null, List.of(), null, null);
    }

    /** Takes a statement in; the caller notes it in the ledger whatever the outcome. */
    Outcome hear(Statement said, Instant now) {
        // A clock that is ahead must not make everything that comes after it older.
        Instant at = said.at().isAfter(now) ? now : said.at();
        if (said.state() == State.NEEDS_REVIEW) {
            return waitFor(said, at);
        }
        Standing before = standing;
        if (before == null) {
            return take(said, at);
        }
        boolean undoes = before.state() == State.OPTED_OUT && said.state() != State.OPTED_OUT;
        if (at.isBefore(before.at()) || undoes && at.equals(before.at())) {
            return Outcome.OLDER;
        }
        if (before.isThePersonsOwnOptOut() && !isThePersonsOwnWord(said, undoes)) {
            return undoes ? Outcome.NOT_THEIRS_TO_UNDO : Outcome.SAID_BEFORE;
        }
        if (before.state() == State.OPTED_IN && said.state() == State.PENDING) {
            return agreedAgain(said);
        }
        return take(said, at);
    }

    private static boolean isThePersonsOwnWord(Statement said, boolean undoes) {
        return switch (said.source()) {
            case KEYWORD -> true;
            case WEB_FORM -> undoes;
            case PLAIN_LANGUAGE -> !undoes;
            case STAFF, UPSTREAM, IMPORT, TWILIO_BLOCK -> false;
        };
    }

    private Outcome waitFor(Statement said, Instant at) {
        if (standing != null && standing.state() == State.OPTED_OUT) {
            return Outcome.SAID_BEFORE;
        }
        if (standing != null && at.isBefore(standing.at()) || review != null && at.isBefore(review.at())) {
            return Outcome.OLDER;
        }
        review = new Review(said.source(), said.evidence(), at);
        return Outcome.REVIEW;
    }

    private Outcome agreedAgain(Statement said) {
        if (!said.categories().isEmpty()) {
            categories = said.categories();
        }
        return Outcome.AGREED_AGAIN;
    }

    private Outcome take(Statement said, Instant at) {
        Standing before = standing;
        boolean goesOn = said.state() == State.OPTED_IN && before != null && before.state() != State.OPTED_OUT;
        boolean confirmed = said.state() == State.OPTED_IN && said.source() == Source.KEYWORD
                || goesOn && before != null && before.confirmed();
        if (!(goesOn && said.categories().isEmpty())) {
            categories = said.categories();
        }
        standing = new Standing(said.state(), said.source(), confirmed, at);
        evidence = said.evidence();
        if (review != null && !at.isBefore(review.at())) {
            review = null;
        }
        return Outcome.MOVED;
    }

    Conversation person() {
        return person;
    }

    @Nullable
    Standing standing() {
        return standing;
    }

    List<String> categories() {
        return categories;
    }

    @Nullable
    Evidence evidence() {
        return evidence;
    }

    @Nullable
    Review review() {
        return review;
    }
}
