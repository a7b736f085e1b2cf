package org.casewire.ingest.answer;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.springframework.stereotype.Component;

/** Who has said no and not yes since, by the rules of the consent ledger; the longest unheard of are forgotten first. */
@Component
class OptedOut {

    private static final int MOST = 200_000;

    /** Only these undo a no of the person. */
    private static final Set<Source> PERSON_AGAIN = EnumSet.of(Source.KEYWORD, Source.WEB_FORM);

    private static final Set<Source> PERSON =
            EnumSet.of(Source.KEYWORD, Source.PLAIN_LANGUAGE, Source.TWILIO_BLOCK, Source.WEB_FORM);

    private final Map<Conversation, Word> words = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Conversation, Word> eldest) {
            return size() > MOST;
        }
    };

    private record Word(Instant at, boolean no, boolean ofPerson) {

        boolean yieldsTo(ConsentChanged later) {
            return !later.at().isBefore(at)
                    && (!no || !ofPerson || later.state() == State.OPTED_OUT || PERSON_AGAIN.contains(later.source()));
        }
    }

    synchronized void heard(ConsentChanged change) {
        if (change.state() != State.OPTED_OUT && change.state() != State.OPTED_IN) {
            return;
        }
        Conversation conversation = new Conversation(change.site(), change.contact());
        Word before = words.get(conversation);
        if (before == null || before.yieldsTo(change)) {
            words.remove(conversation);
            words.put(
                    conversation,
                    new Word(change.at(), change.state() == State.OPTED_OUT, PERSON.contains(change.source())));
        }
    }

    synchronized boolean contains(Conversation conversation) {
        Word word = words.get(conversation);
        return word != null && word.no();
    }
}
