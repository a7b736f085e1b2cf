package org.casewire.notification.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.transport.Received.Origin;

/** Records of the topic of alerts, each with the place after it. */
final class Placed {

    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private final Map<Spot, Bookmark> places = new HashMap<>();

    private record Spot(int partition, long offset) {}

    /** Which site a record is about, by its key. */
    static String siteOf(ConsumerRecord<String, byte[]> message) {
        String key = message.key() == null ? "" : message.key();
        return key.substring(0, Math.max(0, key.indexOf('|')));
    }

    void add(ConsumerRecord<String, byte[]> message, Bookmark after) {
        records.add(message);
        places.put(new Spot(message.partition(), message.offset()), after);
    }

    List<ConsumerRecord<String, byte[]>> records() {
        return records;
    }

    String idOf(Origin origin) {
        return String.valueOf(places.get(new Spot(origin.partition(), origin.offset())));
    }
}
