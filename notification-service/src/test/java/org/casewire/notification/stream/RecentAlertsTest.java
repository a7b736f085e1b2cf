package org.casewire.notification.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecentAlertsTest {

    private static ConsumerRecord<String, byte[]> message(int partition, long offset) {
        return new ConsumerRecord<>("sms.alerts", partition, offset, "site|CASE|1", new byte[0]);
    }

    /** From whatever place a page comes: it is told exactly what came after it, or that not all of it is known. */
    @Property(tries = 300)
    void whatCameAfterAPlaceIsToldWhole(
            @ForAll @Size(max = 40) List<@IntRange(max = 2) Integer> partitions,
            @ForAll @IntRange(max = 40) int seenUpTo,
            @ForAll @IntRange(min = 1, max = 20) int most) {
        long[] begin = {5, 0, 1_000_000_000_000L};
        long[] next = begin.clone();
        RecentAlerts recent = new RecentAlerts(begin, most);
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        Bookmark place = recent.end();
        int seen = Math.min(seenUpTo, partitions.size());
        for (int i = 0; i < partitions.size(); i++) {
            int partition = partitions.get(i);
            ConsumerRecord<String, byte[]> message = message(partition, next[partition]++);
            all.add(message);
            assertThat(recent.add(message)).isTrue();
            assertThat(recent.add(message)).isFalse();
            if (i < seen) {
                place = place.after(partition, message.offset());
            }
        }
        Bookmark carried = Bookmark.read(place.toString(), 3).orElseThrow();
        int missed = all.size() - seen;
        if (missed <= most) {
            assertThat(recent.since(carried)).contains(all.subList(seen, all.size()));
        } else {
            assertThat(recent.since(carried)).isEmpty();
        }
    }

    @Test
    void aPlaceFromAnotherTopicIsNone() {
        for (String written : List.of("", "1", "1-2-3-4", "a-!-c", "1-2-99999999999999999999", "-1-2-3")) {
            assertThat(Bookmark.read(written, 3)).as(written).isEmpty();
        }
    }

    @Test
    void aPlaceAheadOfThisInstanceIsCutToWhereItIs() {
        RecentAlerts recent = new RecentAlerts(new long[] {0, 0}, 10);
        recent.add(message(0, 0));
        recent.add(message(1, 0));
        Bookmark ahead = recent.place("1-5").orElseThrow();
        assertThat(ahead).hasToString("1-1");
        assertThat(recent.since(ahead)).contains(List.of());
        assertThat(recent.place("1-zz"))
                .as("another topic's, or that of a broker that is no more")
                .isEmpty();
    }
}
