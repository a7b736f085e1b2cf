package org.casewire.twin.delivery;

import org.casewire.twin.callback.StatusCallbacks;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Messages;
import org.casewire.twin.ledger.Status;
import org.casewire.twin.optout.BlockList;

/** Brings messages to handsets: waits for the sender's turn, sends, delivers, and reports each step. */
public final class Carrier {

    private static final int UNSUBSCRIBED = 21610;
    private static final int VALIDITY_EXPIRED = 30036;

    private final Messages messages;
    private final SenderRates rates;
    private final BlockList blockList;
    private final StatusCallbacks callbacks;
    private final Timetable timetable;

    /** Delivers at these rates. */
    public Carrier(
            Messages messages, SenderRates rates, BlockList blockList, StatusCallbacks callbacks, Timetable timetable) {
        this.messages = messages;
        this.rates = rates;
        this.blockList = blockList;
        this.callbacks = callbacks;
        this.timetable = timetable;
    }

    /** Takes a message on its way; it leaves when its sender's turn comes. */
    public void take(Message message) {
        if (message.state().status() == Status.ACCEPTED && !queueForService(message)) {
            return;
        }
        timetable.at(rates.takeTurn(message.from(), message.segments()), () -> send(message));
    }

    /** A Messaging Service looks at who is blocked only after it has answered. */
    private boolean queueForService(Message message) {
        boolean blocked = blockList.blocks(message.from(), message.to());
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
}
