package org.casewire.routing.messagelog;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.casewire.routing.reply.ReceivedLog;
import org.casewire.routing.sent.MessageStatus;
import org.casewire.routing.sent.SentTexts;

/**
 * How many texts there are of what was asked for.
 *
 * @param sent all that were to be sent, whatever became of them
 * @param failed those among them that are FAILED, UNDELIVERED or REJECTED
 * @param byStatus of the sent ones
 * @param unassigned those among the received that wait for a person to file them
 * @param capped whether there are more: then each number says at least how many
 */
record Totals(
        long sent, long received, long failed, Map<MessageStatus, Long> byStatus, long unassigned, boolean capped) {

    private static final List<MessageStatus> FAILURES =
            List.of(MessageStatus.FAILED, MessageStatus.UNDELIVERED, MessageStatus.REJECTED);

    static final SentTexts.Totals NOTHING_SENT = new SentTexts.Totals(Map.of(), false);
    static final ReceivedLog.Totals NOTHING_RECEIVED = new ReceivedLog.Totals(0, 0, false);

    static Totals of(SentTexts.Totals sent, ReceivedLog.Totals received) {
        Map<MessageStatus, Long> byStatus = new EnumMap<>(MessageStatus.class);
        byStatus.putAll(sent.byStatus());
        return new Totals(
                byStatus.values().stream().mapToLong(Long::longValue).sum(),
                received.assigned() + received.unassigned(),
                FAILURES.stream()
                        .mapToLong(status -> byStatus.getOrDefault(status, 0L))
                        .sum(),
                byStatus,
                received.unassigned(),
                sent.capped() || received.capped());
    }
}
