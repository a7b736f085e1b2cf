package org.casewire.routing.sent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.Conversation;
import org.casewire.events.MessageHeader;
import org.casewire.events.OutboundEvent.MessageAccepted;
import org.casewire.events.OutboundEvent.MessageRejected;
import org.casewire.events.OutboundEvent.MessageStatusChanged;
import org.casewire.events.OutboundEvent.Status;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentMessageTest {

    private static final Instant NOON = Instant.parse("2026-03-01T17:00:00Z");
    private static final MessageHeader HEADER = new MessageHeader(
            UUID.randomUUID(), "demo", "+14045387319", "+14045550100", null, null, Purpose.CONVERSATION, Map.of());

    private final SentMessage message = new SentMessage(new Conversation("demo", "+14045387319"), HEADER, NOON);

    private boolean accepted(int part, int parts, String body) {
        return message.accepted(
                new MessageAccepted(HEADER, NOON.plusSeconds(part), part, parts, "SM" + part, 1, body, List.of()));
    }

    private void moved(int part, Status status, Integer errorCode) {
        String sid = errorCode != null && errorCode == 21211 ? null : "SM" + part;
        message.moved(new MessageStatusChanged(HEADER, NOON, part, sid, status, errorCode));
    }

    @Test
    void aPartIsAcceptedOnce() {
        assertThat(accepted(1, 1, "hello")).isTrue();
        assertThat(accepted(1, 1, "hello again")).isFalse();
        assertThat(message.body()).isEqualTo("hello");
        assertThat(message.status()).isEqualTo(MessageStatus.ACCEPTED);
    }

    @Test
    void theStatusIsTheLeastAdvancedParts() {
        accepted(1, 2, "a");
        moved(1, Status.DELIVERED, null);
        assertThat(message.status()).isEqualTo(MessageStatus.SENDING);
        accepted(2, 2, "b");
        assertThat(message.status()).isEqualTo(MessageStatus.ACCEPTED);
        moved(2, Status.SENT, null);
        assertThat(message.status()).isEqualTo(MessageStatus.SENT);
    }

    @ParameterizedTest
    @CsvSource({
        "READ, READ, READ",
        "READ, DELIVERED, DELIVERED",
        "DELIVERED, UNDELIVERED, UNDELIVERED",
        "UNDELIVERED, FAILED, FAILED",
        "FAILED, READ, FAILED"
    })
    void onceAllPartsAreFinalTheWorstCounts(Status first, Status second, MessageStatus whole) {
        accepted(1, 2, "a");
        accepted(2, 2, "b");
        moved(1, first, null);
        moved(2, second, null);
        assertThat(message.status()).isEqualTo(whole);
    }

    @Test
    void aStatusNeverMovesBackAndOfTwoFinalsTheFirstStays() {
        accepted(1, 1, "a");
        moved(1, Status.UNDELIVERED, 30003);
        moved(1, Status.QUEUED, null);
        moved(1, Status.DELIVERED, null);
        assertThat(message.status()).isEqualTo(MessageStatus.UNDELIVERED);
        assertThat(message.errorCode()).isEqualTo(30003);
        moved(1, Status.READ, null);
        assertThat(message.status()).isEqualTo(MessageStatus.READ);
    }

    @Test
    void aStatusThatOvertookItsAcceptanceStays() {
        moved(1, Status.DELIVERED, null);
        assertThat(accepted(1, 1, "a")).isTrue();
        assertThat(message.status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(message.body()).isEqualTo("a");
    }

    @Test
    void aRefusedPartEndsTheMessageForThePartsBehindIt() {
        accepted(1, 3, "a");
        moved(2, Status.FAILED, 21211);
        assertThat(message.status()).isEqualTo(MessageStatus.ACCEPTED);
        moved(1, Status.DELIVERED, null);
        assertThat(message.status()).isEqualTo(MessageStatus.FAILED);
        assertThat(message.errorCode()).isEqualTo(21211);
    }

    @Test
    void theTextIsJoinedInTheOrderOfItsParts() {
        accepted(2, 3, "two ");
        accepted(1, 3, "one");
        accepted(3, 3, "three");
        assertThat(message.body()).isEqualTo("one two three");
        assertThat(message.lastAcceptedAt()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void aRejectedMessageKeepsItsTextAndTheReason() {
        message.rejected(new MessageRejected(HEADER, NOON, RejectionReason.OPTED_OUT, "21610", "hello"));
        assertThat(message.status()).isEqualTo(MessageStatus.REJECTED);
        assertThat(message.body()).isEqualTo("hello");
        assertThat(message.rejection()).hasValue(new SentMessage.Rejection("OPTED_OUT", "21610"));
        assertThat(message.lastAcceptedAt()).isNull();
    }
}
