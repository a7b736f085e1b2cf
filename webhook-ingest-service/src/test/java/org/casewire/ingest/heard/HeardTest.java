package org.casewire.ingest.heard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.ingest.testing.IngestParts.SITE;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.casewire.events.Conversation;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.Topics;
import org.casewire.events.testing.TestLog;
import org.casewire.ingest.testing.IngestTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@IngestTest
class HeardTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Heard heard;
    private final InboundLog log;
    private final Conversation somebody = new Conversation(SITE, "+1" + UUID.randomUUID());

    HeardTest(Heard heard, InboundLog log) {
        this.heard = heard;
        this.log = log;
    }

    private String published(Instant receivedAt, @Nullable String answer) {
        String sid = "SM" + UUID.randomUUID();
        TestLog.write(new MessageReceived(
                sid,
                SITE,
                somebody.contact(),
                "+16175550199",
                "hello \"answer\":null",
                List.of(),
                1,
                Keyword.NONE,
                receivedAt,
                false,
                answer,
                Map.of()));
        return sid;
    }

    private void whenTheLogIsRead() {
        await().untilAsserted(() -> assertThat(log.readToItsEnd()).succeedsWithin(Duration.ofSeconds(5)));
    }

    @Test
    void whatAnyInstancePublishedIsKnown() {
        String sid = published(NOW, null);
        whenTheLogIsRead();
        assertThat(heard.knows(SITE, sid)).isTrue();
        assertThat(heard.knows("other", sid)).isFalse();
        assertThat(heard.knows(SITE, "SM-never")).isFalse();
        assertThat(heard.completeFrom()).isBefore(NOW.minus(Duration.ofHours(71)));
    }

    @Test
    void whenSomebodyWasLastAnsweredIsKnownFromTheLog() {
        published(NOW.minus(HOUR), "We are closed");
        published(NOW.minus(HOUR.multipliedBy(2)), "We are closed");
        published(NOW, null);
        whenTheLogIsRead();
        assertThat(heard.lastAnswered(somebody)).contains(NOW.minus(HOUR));
    }

    @Test
    void ofTwoTextsAtOnceOneIsAnsweredAndTheNextAfterTheInterval() {
        assertThat(heard.mayAnswer(somebody, NOW, HOUR)).isTrue();
        assertThat(heard.mayAnswer(somebody, NOW, HOUR)).isFalse();
        assertThat(heard.lastAnswered(somebody)).contains(NOW);
        assertThat(heard.mayAnswer(somebody, NOW.plus(HOUR).minusMillis(1), HOUR))
                .isFalse();
        assertThat(heard.mayAnswer(somebody, NOW.plus(HOUR), HOUR)).isTrue();
    }

    @Test
    void anAnswerThatCouldNotBeGivenDoesNotCount() {
        assertThat(heard.mayAnswer(somebody, NOW, HOUR)).isTrue();
        heard.notAnswered(somebody, NOW);
        assertThat(heard.lastAnswered(somebody)).isEmpty();
        heard.answering(somebody, NOW.plusSeconds(1));
        heard.answering(somebody, NOW);
        assertThat(heard.lastAnswered(somebody)).contains(NOW.plusSeconds(1));
    }

    @Test
    void whatCannotBeReadIsPassedOver() {
        TestLog.write(Topics.INBOUND, somebody.key(), "MessageReceived", "{\"sid\":");
        TestLog.write(Topics.INBOUND, somebody.key(), "MessageReceived", "{\"sid\":\"SM1\"}");
        TestLog.write(Topics.INBOUND, somebody.key(), "MessageReceived", null);
        String sid = published(NOW, null);
        whenTheLogIsRead();
        await().atMost(5, TimeUnit.SECONDS).until(() -> heard.knows(SITE, sid));
    }
}
