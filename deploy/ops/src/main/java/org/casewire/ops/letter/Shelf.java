package org.casewire.ops.letter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What one partition of dead letters holds, as far as erasing a person's letters needs to know. */
final class Shelf {

    private final Set<Long> persons = new HashSet<>();
    private final List<Replayed> notes = new ArrayList<>();
    private final Map<Long, Long> copies = new HashMap<>();
    private long last = -1;

    void take(ConsumerRecord<byte[], byte[]> message, Predicate<Letter> isThePersons) {
        Letter letter = new Letter(message);
        Replayed.of(message).ifPresentOrElse(notes::add, () -> {
            letter.header(Letter.MOVED_FROM).ifPresent(from -> copies.put(Long.parseLong(from), message.offset()));
            if (isThePersons.test(letter)) {
                persons.add(message.offset());
                last = message.offset();
            }
        });
    }

    /** How many of the person's letters stand here. */
    int persons() {
        return persons.size();
    }

    boolean isThePersons(long offset) {
        return persons.contains(offset);
    }

    /** Where the last of the person's letters stands. */
    long last() {
        return last;
    }

    /** Where letters stand anew that were written by a removal, which did not end, by where they stood. */
    Map<Long, Long> copies() {
        return copies;
    }

    /** What was replayed of the letters here. */
    List<Replayed> notes() {
        return notes;
    }
}
