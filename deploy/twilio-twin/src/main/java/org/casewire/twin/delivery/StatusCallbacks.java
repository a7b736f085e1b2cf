package org.casewire.twin.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;
import org.casewire.twin.account.Account;
import org.casewire.twin.fault.Fault.DelayCallback;
import org.casewire.twin.fault.Fault.Drop;
import org.casewire.twin.fault.Fault.OnCallback;
import org.casewire.twin.fault.Fault.Repeat;
import org.casewire.twin.fault.Fault.Shuffle;
import org.casewire.twin.fault.Fault.WrongSignature;
import org.casewire.twin.fault.Faults;
import org.casewire.twin.http.Form;
import org.casewire.twin.ledger.Message;
import org.casewire.twin.ledger.Messages;
import org.casewire.twin.ledger.Status;
import org.casewire.twin.webhook.Debugger;
import org.casewire.twin.webhook.WebhookOutcome;
import org.casewire.twin.webhook.WebhookOutcome.Answered;
import org.casewire.twin.webhook.WebhookOutcome.Unanswered;
import org.casewire.twin.webhook.WebhookUrl;
import org.casewire.twin.webhook.Webhooks;
import org.casewire.twin.webhook.Webhooks.Product;
import org.jspecify.annotations.Nullable;

/** Posts each message's status callbacks in order, the next one after the one before was answered or given up. */
public final class StatusCallbacks {

    private static final SecretKeySpec FORGED = Account.signingKey("not the token of any account");

    private record Report(Message message, Status status, int errorCode) {}

    /** The callbacks of one message that are still to be posted, and those held back to come out of order. */
    private static final class Chain {
        private final Queue<Report> waiting = new ArrayDeque<>();
        private final List<Report> heldBack = new ArrayList<>();
    }

    private final Webhooks webhooks;
    private final Messages messages;
    private final Faults faults;
    private final Debugger debugger;
    private final Map<String, Chain> chains = new ConcurrentHashMap<>();

    /** Posts by these webhooks, as the faults have it. */
    public StatusCallbacks(Webhooks webhooks, Messages messages, Faults faults, Debugger debugger) {
        this.webhooks = webhooks;
        this.messages = messages;
        this.faults = faults;
        this.debugger = debugger;
    }

    /** Has a status of a message posted, if it wants callbacks. */
    void report(Message message, Status status, int errorCode) {
        String address = message.statusCallback();
        if (address == null) {
            return;
        }
        Report report = new Report(message, status, errorCode);
        chains.compute(message.sid(), (_, running) -> {
            Chain chain = running == null ? start(message.sid(), address) : running;
            chain.waiting.add(report);
            return chain;
        });
    }

    private Chain start(String sid, String address) {
        Chain chain = new Chain();
        Thread.ofVirtual().name("callbacks").start(() -> postAll(sid, address, chain));
        return chain;
    }

    private void postAll(String sid, String address, Chain chain) {
        Optional<WebhookUrl> url = WebhookUrl.parse(address);
        for (Report report = next(sid, chain); report != null; report = next(sid, chain)) {
            if (url.isPresent() && messages.holds(report.message())) {
                post(report, url.get(), chain);
            }
        }
    }

    /** The next report; the chain ends together with its last one. */
    private @Nullable Report next(String sid, Chain chain) {
        List<Report> next = new ArrayList<>(1);
        chains.computeIfPresent(sid, (_, running) -> {
            Report report = running.waiting.poll();
            if (report != null) {
                next.add(report);
                return running;
            }
            return null;
        });
        return next.isEmpty() ? null : next.getFirst();
    }

    private void post(Report report, WebhookUrl url, Chain chain) {
        Message message = report.message();
        Optional<OnCallback> fault = faults.onCallback(message.to(), message.from());
        boolean last = !report.status().waits() && report.status() != Status.SENT;
        if (fault.isPresent() && fault.get() instanceof Shuffle && !last) {
            chain.heldBack.add(report);
            return;
        }
        fault.ifPresentOrElse(f -> post(report, url, f), () -> call(report, url, key(message)));
        Collections.shuffle(chain.heldBack);
        chain.heldBack.forEach(held -> call(held, url, key(message)));
        chain.heldBack.clear();
    }

    private void post(Report report, WebhookUrl url, OnCallback fault) {
        SecretKeySpec key = key(report.message());
        switch (fault) {
            case Drop _ -> {}
            case Shuffle _ -> call(report, url, key);
            case Repeat _ -> {
                call(report, url, key);
                call(report, url, key);
            }
            case DelayCallback(var delay) -> {
                if (faults.hold(delay) && messages.holds(report.message())) {
                    call(report, url, key);
                }
            }
            case WrongSignature _ -> call(report, url, FORGED);
        }
    }

    private static SecretKeySpec key(Message message) {
        return message.account().signingKey();
    }

    private void call(Report report, WebhookUrl url, SecretKeySpec key) {
        WebhookOutcome outcome = webhooks.call(new Webhooks.Call(url, false, form(report), key, Product.MESSAGING));
        switch (outcome) {
            case Answered answered -> {
                if (!answered.ok()) {
                    debugger.complain(report.message().sid(), 11200);
                }
            }
            case Unanswered(int code) -> debugger.complain(report.message().sid(), code);
        }
    }

    private static Form form(Report report) {
        Message message = report.message();
        String status = report.status().word();
        return new Form()
                .add("SmsSid", message.sid())
                .add("SmsStatus", status)
                .add("MessageStatus", status)
                .add("To", message.to())
                .add("MessagingServiceSid", message.service())
                .add("MessageSid", message.sid())
                .add("AccountSid", message.account().sid())
                .add("From", message.from())
                .add("ErrorCode", report.errorCode() == 0 ? null : Integer.toString(report.errorCode()))
                .add("ApiVersion", "2010-04-01");
    }
}
