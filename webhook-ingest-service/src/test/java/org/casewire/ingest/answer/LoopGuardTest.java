package org.casewire.ingest.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.casewire.events.Conversation;
import org.junit.jupiter.api.Test;

class LoopGuardTest {

    private static final Conversation MACHINE = new Conversation("demo", "+14045550123");

    private final LoopGuard guard = new LoopGuard(2);
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private boolean answered(Conversation conversation, String body) {
        now = now.plus(Duration.ofMinutes(1));
        boolean allowed = guard.allows(conversation, body, now);
        if (allowed) {
            guard.answered(conversation, body, now);
        }
        return allowed;
    }

    @Test
    void theSameWordsAreAnsweredThreeTimesInARow() {
        for (int time = 0; time < LoopGuard.SAME_WORDS; time++) {
            assertThat(answered(MACHINE, "I am out of office")).isTrue();
        }
        assertThat(answered(MACHINE, " I am out of office ")).isFalse();
        assertThat(answered(MACHINE, "I am back")).isTrue();
        assertThat(answered(MACHINE, "I am out of office")).isTrue();
    }

    @Test
    void nobodyGetsMoreThanTwentyAnswersADay() {
        for (int time = 0; time < LoopGuard.ANSWERS; time++) {
            assertThat(answered(MACHINE, "ticket " + time)).isTrue();
        }
        assertThat(answered(MACHINE, "one more ticket")).isFalse();
        now = now.plus(Duration.ofDays(1));
        assertThat(answered(MACHINE, "one more ticket")).isTrue();
    }

    @Test
    void eachConversationHasACourseOfItsOwn() {
        for (int time = 0; time < LoopGuard.SAME_WORDS; time++) {
            answered(MACHINE, "hello");
        }
        assertThat(answered(MACHINE, "hello")).isFalse();
        assertThat(answered(new Conversation("other", MACHINE.contact()), "hello"))
                .isTrue();
        assertThat(answered(new Conversation("demo", "+14045550124"), "hello")).isTrue();
    }
}
