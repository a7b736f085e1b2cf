package org.casewire.twin.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.casewire.twin.account.Account;
import org.casewire.twin.account.Accounts;
import org.casewire.twin.journal.Journal;
import org.casewire.twin.ledger.Message.Content;
import org.casewire.twin.ledger.Message.Envelope;
import org.casewire.twin.ledger.Message.State;
import org.casewire.twin.ledger.Message.Terms;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Every message, found by SID, by account, by recipient; each change goes to the journal. */
public final class Messages implements Journal.Chapter {

    private final Accounts accounts;
    private final Clock clock;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<String, Message> bySid = new ConcurrentHashMap<>();
    private final Map<String, Timeline> byAccount = new ConcurrentHashMap<>();
    private final Map<String, Timeline> byRecipient = new ConcurrentHashMap<>();
    private final Handsets handsets = new Handsets();
    private volatile Consumer<Journal.Entry> journal = _ -> {};

    /** An empty ledger. */
    public Messages(Accounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    /** From now on every change goes there. */
    public void keepIn(Consumer<Journal.Entry> entries) {
        this.journal = entries;
    }

    /** What the handsets show. */
    public Handsets handsets() {
        return handsets;
    }

    /** Enters a new message in its first status. */
    public Message add(Envelope envelope, Content content, Terms terms, Status status) {
        Instant now = clock.instant();
        String sid = Sids.next(content.media().isEmpty() ? "SM" : "MM");
        Message message =
                new Message(sequence.incrementAndGet(), sid, envelope, content, terms, now, State.initial(status, now));
        bySid.put(message.sid(), message);
        index(message);
        if (message.direction() == Direction.INBOUND) {
            handsets.show(message);
        }
        write(message);
        return message;
    }

    private void index(Message message) {
        byAccount.computeIfAbsent(message.account().sid(), _ -> new Timeline()).add(message);
        byRecipient
                .computeIfAbsent(recipient(message.account(), message.to()), _ -> new Timeline())
                .add(message);
    }

    private static String recipient(Account account, String to) {
        return account.sid() + to;
    }

    /** Brings a message to a status; false when it is no longer here. */
    public boolean move(Message message, Status status, int errorCode) {
        if (!holds(message)) {
            return false;
        }
        message.move(status, errorCode, clock.instant());
        if (status == Status.DELIVERED) {
            handsets.show(message);
        }
        write(message);
        return true;
    }

    /** Empties the body the account sees. */
    public void redact(Message message) {
        message.redact(clock.instant());
        write(message);
    }

    /** Takes the message out of the account's sight; the person keeps what was received. */
    public void delete(Message message) {
        message.delete(clock.instant());
        write(message);
    }

    private void write(Message message) {
        if (message.needsWriting()) {
            journal.accept(message);
        }
    }

    /** False once everything was forgotten. */
    public boolean holds(Message message) {
        return bySid.get(message.sid()) == message;
    }

    /** The account's message of a SID. */
    public Optional<Message> find(Account account, String sid) {
        return Optional.ofNullable(bySid.get(sid))
                .filter(message ->
                        message.account() == account && !message.state().deleted());
    }

    /** Where a message stands in the order of creation: the place a page of the list ends at. */
    public static long place(Message message) {
        return message.sequence();
    }

    /** At most so many of the account's messages before a place, newest first. */
    public List<Message> before(
            Account account, @Nullable String to, long place, int limit, Predicate<Message> filter) {
        Timeline timeline = to == null ? byAccount.get(account.sid()) : byRecipient.get(recipient(account, to));
        return timeline == null
                ? List.of()
                : timeline.before(place, limit, message -> !message.state().deleted() && filter.test(message));
    }

    /** What has not left yet, oldest first. */
    public List<Message> unfinished() {
        return inOrder()
                .filter(message -> message.direction() != Direction.INBOUND)
                .filter(message ->
                        message.state().status().waits() || message.state().status() == Status.SENT)
                .toList();
    }

    private Stream<Message> inOrder() {
        return bySid.values().stream().sorted(Comparator.comparingLong(Message::sequence));
    }

    /** Forgets all messages and what the handsets show. */
    public void clear() {
        bySid.clear();
        byAccount.clear();
        byRecipient.clear();
        handsets.clear();
    }

    @Override
    public String kind() {
        return Message.KIND;
    }

    @Override
    public void replay(JsonNode line) {
        MessageLine.read(line, accounts).ifPresent(message -> {
            bySid.put(message.sid(), message);
            sequence.accumulateAndGet(message.sequence(), Math::max);
        });
    }

    @Override
    public Iterable<Message> entries() {
        return inOrder().toList();
    }

    /** After the replay: puts everything in its place. */
    public void replayed() {
        List<Message> all = inOrder().toList();
        all.forEach(this::index);
        all.stream()
                .filter(Message::isShown)
                .sorted(Comparator.comparing(Message::shownAt))
                .forEach(handsets::show);
    }
}
