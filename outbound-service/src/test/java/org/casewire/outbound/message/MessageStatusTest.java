package org.casewire.outbound.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.outbound.message.MessageStatus.ACCEPTED;
import static org.casewire.outbound.message.MessageStatus.DELIVERED;
import static org.casewire.outbound.message.MessageStatus.FAILED;
import static org.casewire.outbound.message.MessageStatus.QUEUED;
import static org.casewire.outbound.message.MessageStatus.READ;
import static org.casewire.outbound.message.MessageStatus.SENT;
import static org.casewire.outbound.message.MessageStatus.UNDELIVERED;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.casewire.events.OutboundEvent.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageStatusTest {

    private static final List<Set<MessageStatus>> RANKS = List.of(
            Set.of(ACCEPTED), Set.of(QUEUED), Set.of(SENT), Set.of(DELIVERED, UNDELIVERED, FAILED), Set.of(READ));

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    WAITING                    ; WAITING
                    DELIVERED, WAITING         ; WAITING
                    QUEUED, SENDING            ; SENDING
                    IN_DOUBT, SENDING          ; SENDING
                    DELIVERED, IN_DOUBT        ; IN_DOUBT
                    DELIVERED, ACCEPTED        ; ACCEPTED
                    READ, DELIVERED, QUEUED    ; QUEUED
                    SENT, FAILED               ; SENT
                    HELD, WAITING              ; HELD
                    DELIVERED, READ            ; DELIVERED
                    READ, READ                 ; READ
                    UNDELIVERED, DELIVERED     ; UNDELIVERED
                    UNDELIVERED, FAILED, READ  ; FAILED
                    DELIVERED, FAILED          ; FAILED
                    REJECTED, REJECTED         ; REJECTED
                    CANCELLED                  ; CANCELLED
                    """)
    void aMessageStandsWhereItsLeastAdvancedPartStandsAndEndsAsTheWorst(String parts, MessageStatus message) {
        List<MessageStatus> statuses = Arrays.stream(parts.split(","))
                .map(part -> MessageStatus.valueOf(part.strip()))
                .toList();
        assertThat(MessageStatus.of(statuses)).isEqualTo(message);
        assertThat(MessageStatus.of(statuses.reversed())).isEqualTo(message);
    }

    @Test
    void aReportMovesAPartOnlyToAHigherRank() {
        for (int before = 0; before < RANKS.size(); before++) {
            for (int after = 0; after < RANKS.size(); after++) {
                boolean moves = before < after;
                for (MessageStatus from : RANKS.get(before)) {
                    assertThat(RANKS.get(after))
                            .as("from %s", from)
                            .allSatisfy(to -> assertThat(from.isBefore(to)).isEqualTo(moves));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "UNDELIVERED", "FAILED", "READ", "REJECTED", "CANCELLED"})
    void theseAreFinal(MessageStatus status) {
        assertThat(status.isFinal()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DELIVERED", "UNDELIVERED", "FAILED", "READ", "REJECTED", "CANCELLED"})
    void theOthersAreNot(MessageStatus status) {
        assertThat(status.isFinal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "accepted, QUEUED",
        "scheduled, QUEUED",
        "queued, QUEUED",
        "sending, QUEUED",
        "sent, SENT",
        "delivered, DELIVERED",
        "undelivered, UNDELIVERED",
        "failed, FAILED",
        "canceled, FAILED",
        "read, READ",
        "DELIVERED, DELIVERED"
    })
    void twiliosWordIsUnderstood(String word, MessageStatus status) {
        assertThat(MessageStatus.fromTwilio(word)).contains(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "teleported", "receiving", "received"})
    void aWordThatIsNoneIsNotGuessed(String word) {
        assertThat(MessageStatus.fromTwilio(word)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theLogKnowsEveryStatus(MessageStatus status) {
        Status told = status.onTheLog();
        assertThat(told.name())
                .isEqualTo(
                        switch (status) {
                            case SENT, READ, DELIVERED, UNDELIVERED -> status.name();
                            case FAILED, REJECTED, CANCELLED -> "FAILED";
                            case SCHEDULED, HELD, WAITING, SENDING, IN_DOUBT, ACCEPTED, QUEUED -> "QUEUED";
                        });
    }
}
