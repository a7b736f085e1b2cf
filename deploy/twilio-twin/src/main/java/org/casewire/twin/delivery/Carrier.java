package org.casewire.twin.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Messages;
import org.casewire.twin.ledger.Status;
import org.casewire.twin.number.Numbers;
import org.casewire.twin.number.OwnNumber;
import org.casewire.twin.optout.BlockList;

/** Brings messages to handsets: waits for the sender's turn, sends, delivers, and reports each step. */
public final class Carrier {

    private static final Duration LONGEST_QUEUE = Duration.ofHours(10);
    private static final double UNKNOWN_SENDER_RATE = 1;
    private static final int UNSUBSCRIBED = 21610;
    private static final int VALIDITY_EXPIRED = 30036;

    private final Messages messages;
    private final Numbers numbers;
    private final BlockList blockList;
    private final StatusCallbacks callbacks;
    private final Timetable timetable;
    private final Map<String, SenderQueue> queues = new ConcurrentHashMap<>();

    /** Delivers at the rates of these numbers, by this timetable. */
    public Carrier(
            Messages messages, Numbers numbers, BlockList blockList, StatusCallbacks callbacks, Timetable timetable) {
        this.messages = messages;
        this.numbers = numbers;
        this.blockList = blockList;
        this.callbacks = callbacks;
        this.timetable = timetable;
    }

    /** Whether the recipient wants nothing from the sender. */
    public boolean isBlocked(String sender, String recipient) {
        return blockList.blocks(sender, recipient);
    }

    /** Whether a sender's queue holds ten hours already. */
    public boolean isFull(String sender) {
        SenderQueue queue = queues.get(sender);
        return queue != null && queue.backlog().compareTo(LONGEST_QUEUE) > 0;
    }

    /** Takes a message on its way; it leaves when its sender's turn comes. */
    public void take(Message message) {
        if (message.state().status() == Status.ACCEPTED && !queueForService(message)) {
            return;
        }
        double rate = numbers.find(message.from()).map(OwnNumber::ratePerSecond).orElse(UNKNOWN_SENDER_RATE);
        queues.computeIfAbsent(message.from(), _ -> new SenderQueue(timetable, this::send))
                .take(message, rate);
    }

    /** A Messaging Service looks at who is blocked only after it has answered. */
    private boolean queueForService(Message message) {
        boolean blocked = isBlocked(message.from(), message.to());
        move(message, blocked ? Status.FAILED : Status.QUEUED, blocked ? UNSUBSCRIBED : 0);
        return !blocked;
    }

    /** Delivers at once what Twilio says by itself: it takes no turn. */
    public void deliverNow(Message message) {
        move(message, Status.SENT, 0);
        move(message, Status.DELIVERED, 0);
    }

    /** After a restart: takes up what had not arrived. */
    public void resume() {
        for (Message message : messages.unfinished()) {
            if (message.state().status() == Status.SENT) {
                timetable.afterCarrier(() -> move(message, Status.DELIVERED, 0));
            } else {
                take(message);
            }
        }
    }

    private void send(Message message) {
        if (timetable.now().isAfter(message.validUntil())) {
            move(message, Status.FAILED, VALIDITY_EXPIRED);
            return;
        }
        move(message, Status.SENT, 0);
        timetable.afterCarrier(() -> move(message, Status.DELIVERED, 0));
    }

    private void move(Message message, Status status, int errorCode) {
        if (messages.move(message, status, errorCode)) {
            callbacks.report(message, status, errorCode);
        }
    }

    /** Forgets what waits. */
    public void clear() {
        queues.clear();
    }
}
