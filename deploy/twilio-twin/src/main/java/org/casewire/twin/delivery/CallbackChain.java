package org.casewire.twin.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Status;
import org.casewire.twin.webhook.WebhookUrl;
import org.jspecify.annotations.Nullable;

/** The callbacks of one message that are still to be posted, and those held back to come out of order. */
final class CallbackChain {

    /** One status to post; a fault hits it at most once. */
    record Report(Status status, int errorCode, boolean faultDone) {
        /** Whether no other status can follow. */
        boolean isLast() {
            return !status.waits() && status != Status.SENT;
        }

        Report withoutFault() {
            return new Report(status, errorCode, true);
        }
    }

    private final Message message;
    private final WebhookUrl url;
    private final Deque<Report> waiting = new ArrayDeque<>(2);
    private final List<Report> heldBack = new ArrayList<>(0);
    private boolean posting;

    CallbackChain(Message message, WebhookUrl url) {
        this.message = message;
        this.url = url;
    }

    Message message() {
        return message;
    }

    WebhookUrl url() {
        return url;
    }

    /** True when somebody has to start posting. */
    synchronized boolean add(Report report) {
        waiting.addLast(report);
        boolean start = !posting;
        posting = true;
        return start;
    }

    /** What is posted next; null ends the posting for now. */
    synchronized @Nullable Report next() {
        Report next = waiting.pollFirst();
        posting = next != null;
        return next;
    }

    /** Puts a report back, to be posted first when posting goes on. */
    synchronized void putBack(Report report) {
        waiting.addFirst(report);
    }

    synchronized void holdBack(Report report) {
        heldBack.add(report);
    }

    /** What was held back so far, in any order. */
    synchronized List<Report> release() {
        List<Report> released = new ArrayList<>(heldBack);
        heldBack.clear();
        Collections.shuffle(released);
        return released;
    }

    synchronized boolean isDone() {
        return !posting && waiting.isEmpty() && heldBack.isEmpty();
    }
}
