package org.casewire.twin.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Messages in the order they were made; read newest first. */
final class Timeline {

    private final ArrayList<Message> messages = new ArrayList<>();

    synchronized void add(Message message) {
        int at = messages.size();
        // Two at once may come in the wrong order by a hair.
        while (at > 0 && messages.get(at - 1).sequence() > message.sequence()) {
            at--;
        }
        messages.add(at, message);
    }

    /** At most so many older than the sequence, newest first. */
    synchronized List<Message> before(long sequence, int limit, Predicate<Message> filter) {
        List<Message> page = new ArrayList<>();
        for (int i = firstBefore(sequence); i >= 0 && page.size() < limit; i--) {
            if (filter.test(messages.get(i))) {
                page.add(messages.get(i));
            }
        }
        return page;
    }

    private int firstBefore(long sequence) {
        int low = 0;
        int high = messages.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (messages.get(middle).sequence() < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
