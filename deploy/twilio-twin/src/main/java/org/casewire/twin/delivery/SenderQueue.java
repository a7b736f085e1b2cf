package org.casewire.twin.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.casewire.twin.ledger.Message;

/**
 * The messages of one sender in the order they were taken: the first leaves at once, each next one when the segments
 * before it have had their time. A later message never overtakes, however late a turn comes.
 */
final class SenderQueue {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private record Turn(Message message, Instant at) {}

    private final Timetable timetable;
    private final Consumer<Message> send;
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private Instant freeAt = Instant.MIN;

    SenderQueue(Timetable timetable, Consumer<Message> send) {
        this.timetable = timetable;
        this.send = send;
    }

    synchronized void take(Message message, double segmentsPerSecond) {
        Instant now = timetable.now();
        Instant turn = freeAt.isBefore(now) ? now : freeAt;
        freeAt = turn.plusNanos((long) (message.segments() * NANOS_PER_SECOND / segmentsPerSecond));
        if (waiting.isEmpty() && !turn.isAfter(now)) {
            send.accept(message);
            return;
        }
        waiting.add(new Turn(message, turn));
        if (waiting.size() == 1) {
            timetable.at(turn, this::sendWhatIsDue);
        }
    }

    private synchronized void sendWhatIsDue() {
        Instant now = timetable.now();
        for (Turn next = waiting.peek(); next != null; next = waiting.peek()) {
            if (next.at().isAfter(now)) {
                timetable.at(next.at(), this::sendWhatIsDue);
                return;
            }
            waiting.remove();
            send.accept(next.message());
        }
    }

    synchronized Duration backlog() {
        Instant now = timetable.now();
        return freeAt.isBefore(now) ? Duration.ZERO : Duration.between(now, freeAt);
    }
}
