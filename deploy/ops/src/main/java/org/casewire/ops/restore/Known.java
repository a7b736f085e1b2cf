package org.casewire.ops.restore;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What Kafka knows of what became of messages, whatever a database has forgotten. */
final class Known {

    private final Set<String> ended = new HashSet<>();
    private final Map<String, Set<Integer>> left = new HashMap<>();
    private final Map<String, Integer> parts = new HashMap<>();

    /** How a message stands. */
    enum Standing {
        /** It left, was refused or was called off. */
        ENDED,
        /** Some of its parts left. */
        PARTLY_SENT,
        /** Nobody told of an outcome. */
        WITHOUT_OUTCOME
    }

    /** Learns from an event of {@code sms.outbound} or {@code sms.delivery}. */
    void learn(ConsumerRecord<byte[], byte[]> message) {
        Request.of(message).ifPresent(request -> {
            switch (request.event()) {
                case "MessageRejected", "MessageCancelled" -> ended.add(request.key());
                case "MessageAccepted" -> {
                    leftIn(request);
                    parts.put(request.key(), request.value().path("parts").asInt(1));
                }
                case "MessageStatusChanged", "DeliveryReported" -> leftIn(request);
                default -> {}
            }
        });
    }

    private void leftIn(Request request) {
        left.computeIfAbsent(request.key(), _ -> new HashSet<>())
                .add(request.value().path("part").asInt(1));
    }

    Standing of(String key) {
        Set<Integer> sent = left.getOrDefault(key, Set.of());
        if (ended.contains(key) || (!sent.isEmpty() && sent.size() >= parts.getOrDefault(key, Integer.MAX_VALUE))) {
            return Standing.ENDED;
        }
        return sent.isEmpty() ? Standing.WITHOUT_OUTCOME : Standing.PARTLY_SENT;
    }
}
