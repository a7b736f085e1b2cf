package org.casewire.ingest.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.junit.jupiter.api.Test;

class OptedOutTest {

    private static final Conversation PERSON = new Conversation("demo", "+14045550123");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final OptedOut optedOut = new OptedOut();

    private boolean after(int minute, State state, Source source) {
        optedOut.heard(new ConsentChanged(
                PERSON.site(), PERSON.contact(), state, source, List.of(), null, NOON.plusSeconds(60L * minute)));
        return optedOut.contains(PERSON);
    }

    @Test
    void aPersonsNoIsUndoneByThePersonAlone() {
        assertThat(after(1, State.OPTED_OUT, Source.KEYWORD)).isTrue();
        assertThat(after(2, State.OPTED_IN, Source.STAFF)).isTrue();
        assertThat(after(3, State.OPTED_IN, Source.UPSTREAM)).isTrue();
        assertThat(after(4, State.OPTED_IN, Source.KEYWORD)).isFalse();
    }

    @Test
    void whatStaffNotedStaffMayUndo() {
        assertThat(after(1, State.OPTED_OUT, Source.STAFF)).isTrue();
        assertThat(after(2, State.OPTED_IN, Source.STAFF)).isFalse();
    }

    @Test
    void anOlderWordMovesNothing() {
        assertThat(after(2, State.OPTED_IN, Source.KEYWORD)).isFalse();
        assertThat(after(1, State.OPTED_OUT, Source.KEYWORD)).isFalse();
    }

    @Test
    void whatIsOpenMovesNothing() {
        assertThat(after(1, State.NEEDS_REVIEW, Source.PLAIN_LANGUAGE)).isFalse();
        assertThat(after(2, State.OPTED_OUT, Source.PLAIN_LANGUAGE)).isTrue();
        assertThat(after(3, State.PENDING, Source.WEB_FORM)).isTrue();
    }
}
