package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.Conversation;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.outbound.quiet.LiveConversations;
import org.junit.jupiter.api.Test;

@ServiceTest
class LiveConversationsTest extends OutboundWithTwin {

    private static final String SITE = "live-conversations";
    private static final Instant NOW = Instant.parse("2026-07-02T06:00:00Z");

    private final LiveConversations conversations;

    LiveConversationsTest(LiveConversations conversations) {
        this.conversations = conversations;
    }

    private static Conversation person(String site, int number) {
        return new Conversation(site, "+1404538" + number);
    }

    private static void texts(Conversation person, Instant at) {
        TestLog.write(new MessageReceived(
                "SM" + UUID.randomUUID().toString().replace("-", ""),
                person.site(),
                person.contact(),
                "+14045387300",
                "Hello?",
                List.of(),
                1,
                Keyword.NONE,
                at,
                false,
                null,
                Map.of()));
    }

    @Test
    void whoeverWroteLatelyIsInAConversation() {
        Conversation lately = person(SITE, 8001);
        Conversation longAgo = person(SITE, 8002);
        Conversation both = person(SITE, 8003);
        texts(longAgo, NOW.minus(Duration.ofMinutes(121)));
        texts(both, NOW.minusSeconds(60));
        texts(both, NOW.minus(Duration.ofDays(1)));
        texts(lately, NOW.minus(Duration.ofMinutes(119)));
        List<Conversation> all = List.of(lately, longAgo, both, person(SITE, 8004), person("another-" + SITE, 8001));

        await().untilAsserted(() -> assertThat(conversations.live(all, NOW)).containsExactlyInAnyOrder(lately, both));
        assertThat(conversations.live(all, NOW.minus(Duration.ofMinutes(3))))
                .as("what came later was heard in any case")
                .contains(longAgo);
        assertThat(conversations.live(List.of(), NOW)).isEmpty();
    }
}
