package org.casewire.twin.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.spec.SecretKeySpec;
import org.casewire.twin.account.Account;
import org.casewire.twin.delivery.CallbackChain.Report;
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
    private static final int RETRIEVAL_FAILED = 11200;
    private static final int AT_ONCE_PER_HOST = 128;

    private final Webhooks webhooks;
    private final Messages messages;
    private final Faults faults;
    private final Debugger debugger;
    private final Map<String, CallbackChain> chains = new ConcurrentHashMap<>();
    private final Map<String, Executor> hosts = new ConcurrentHashMap<>();

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
        chains.compute(message.sid(), (_, known) -> {
            CallbackChain chain = known == null ? chain(message, address) : known;
            if (chain != null && chain.add(new Report(status, errorCode, false))) {
                start(chain);
            }
            return chain;
        });
    }

    private static @Nullable CallbackChain chain(Message message, String address) {
        return WebhookUrl.parse(address)
                .map(url -> new CallbackChain(message, url))
                .orElse(null);
    }

    private void start(CallbackChain chain) {
        hosts.computeIfAbsent(chain.url().authority(), _ -> someThreads()).execute(() -> post(chain));
    }

    private static Executor someThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                AT_ONCE_PER_HOST,
                AT_ONCE_PER_HOST,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofVirtual().name("callbacks").factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private enum Progress {
        POSTED,
        HELD_BACK,
        LATER
    }

    private void post(CallbackChain chain) {
        for (Report report = chain.next(); report != null; report = chain.next()) {
            if (!messages.holds(chain.message())) {
                chain.release();
                continue;
            }
            switch (post(report, chain)) {
                case POSTED -> chain.release().forEach(held -> call(held, chain, key(chain)));
                case HELD_BACK -> {}
                case LATER -> {
                    return;
                }
            }
        }
        chains.computeIfPresent(chain.message().sid(), (_, known) -> known.isDone() ? null : known);
    }

    private Progress post(Report report, CallbackChain chain) {
        Message message = chain.message();
        Optional<OnCallback> fault =
                report.faultDone() ? Optional.empty() : faults.onCallback(message.to(), message.from());
        if (fault.isPresent()) {
            return goWrong(fault.get(), report, chain);
        }
        call(report, chain, key(chain));
        return Progress.POSTED;
    }

    private Progress goWrong(OnCallback fault, Report report, CallbackChain chain) {
        switch (fault) {
            case Drop _ -> {}
            case Repeat _ -> {
                call(report, chain, key(chain));
                call(report, chain, key(chain));
            }
            case Shuffle _ -> {
                if (!report.isLast()) {
                    chain.holdBack(report);
                    return Progress.HELD_BACK;
                }
                call(report, chain, key(chain));
            }
            case DelayCallback(var delay) -> {
                chain.putBack(report.withoutFault());
                goOnAfter(delay, chain);
                return Progress.LATER;
            }
            case WrongSignature _ -> call(report, chain, FORGED);
        }
        return Progress.POSTED;
    }

    private void goOnAfter(Duration delay, CallbackChain chain) {
        Thread.ofVirtual().name("late callbacks").start(() -> {
            if (faults.hold(delay)) {
                start(chain);
            }
        });
    }

    private static SecretKeySpec key(CallbackChain chain) {
        return chain.message().account().signingKey();
    }

    private void call(Report report, CallbackChain chain, SecretKeySpec key) {
        String sid = chain.message().sid();
        Form form = form(report, chain.message());
        WebhookOutcome outcome = webhooks.call(new Webhooks.Call(chain.url(), false, form, key, Product.MESSAGING));
        switch (outcome) {
            case Answered answered -> {
                if (!answered.ok()) {
                    debugger.complain(sid, RETRIEVAL_FAILED);
                }
            }
            case Unanswered(int code) -> debugger.complain(sid, code);
        }
    }

    private static Form form(Report report, Message message) {
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
