package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.Conversation;
import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.quiet.LiveConversations;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@ServiceTest
class LiveConversationsTest extends OutboundWithTwin {

    private static final String SITE = "live-conversations";
    private static final Instant NOW = Instant.parse("2026-07-02T06:00:00Z");

    private final LiveConversations conversations;
    private final Sites sites;

    LiveConversationsTest(LiveConversations conversations, Sites sites) {
        this.conversations = conversations;
        this.sites = sites;
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

    private void quietOnDemo(String quietHours) {
        ObjectNode site = WireJson.MAPPER.valueToTree(sites.find("demo").orElseThrow());
        site.set("quietHours", WireJson.MAPPER.readTree(quietHours));
        SiteDocument document = WireJson.MAPPER.treeToValue(site, SiteDocument.class);
        TestLog.write(new SiteChanged(document, Instant.now()));
        await().until(() -> sites.find("demo")
                .filter(known -> known.quietHours().equals(document.quietHours()))
                .isPresent());
    }

    @Test
    void whatAWorkerWroteIntoTheNightLeavesOnceThePersonWrites() {
        LocalTime now = LocalTime.now(ZoneId.of("America/New_York")).truncatedTo(ChronoUnit.MINUTES);
        quietOnDemo("[{\"from\":\"%s\",\"to\":\"%s\",\"purposes\":[\"CONVERSATION\",\"REMINDER\"]}]"
                .formatted(now.minusHours(2), now.plusHours(2)));
        try {
            UUID question = request(",\"body\":\"Are you there?\"");
            UUID reminder = request(",\"body\":\"Tomorrow\",\"purpose\":\"REMINDER\"");
            assertThat(told(events(question, 1))).containsExactly("MessageHeld");
            assertThat(told(events(reminder, 1))).containsExactly("MessageHeld");

            texts(new Conversation("demo", contact), Instant.now());
            assertThat(told(events(question, 2))).startsWith("MessageHeld", "MessageAccepted");
            UUID answer = request(",\"body\":\"Good\"");
            events(answer, 2);
            await().untilAsserted(() -> assertThat(TwinPart.bodies(contact)).containsExactly("Are you there?", "Good"));
            assertThat(told(events(reminder, 1))).containsExactly("MessageHeld");
        } finally {
            quietOnDemo("[]");
        }
    }
}
