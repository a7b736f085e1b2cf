package org.casewire.routing.reply;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.casewire.events.Conversation;
import org.casewire.events.InboundEvent;
import org.casewire.events.InboundEvent.CallReceived;
import org.casewire.events.InboundEvent.MessageReceived;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.backlog.Latency;
import org.casewire.events.outbox.Outbox;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.UnreadableEvent;
import org.casewire.routing.document.Documents;
import org.casewire.routing.document.Expected;
import org.casewire.routing.erased.ErasureMarks;
import org.casewire.routing.erased.ErasureMarks.Marks;
import org.casewire.routing.matching.Facts;
import org.casewire.routing.matching.Match;
import org.casewire.routing.reply.Replies.Fresh;
import org.casewire.routing.search.Unindexed;
import org.casewire.routing.search.Unindexed.Direction;
import org.casewire.routing.search.Unindexed.Text;
import org.casewire.routing.sent.SentMessages.Moment;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Files received texts, a batch at a time. */
@Component
class ReplyFiling {

    /** Twilio's name of it among the attributes of a text. */
    private static final String ACCOUNT = "AccountSid";

    private static final int MOST_CASES_AT_ONCE = 20_000;

    private final Sites sites;
    private final ErasureMarks marks;
    private final ConversationLocks locks;
    private final Senders senders;
    private final Replies replies;
    private final Documents documents;
    private final Unindexed unindexed;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Latency routed;
    private final TransactionOperations transactions;

    ReplyFiling(
            Sites sites,
            ErasureMarks marks,
            ConversationLocks locks,
            Senders senders,
            Replies replies,
            Documents documents,
            Unindexed unindexed,
            Outbox outbox,
            Clock clock,
            MeterRegistry meters,
            TransactionTemplate transactions) {
        this.sites = sites;
        this.marks = marks;
        this.locks = locks;
        this.senders = senders;
        this.replies = replies;
        this.documents = documents;
        this.unindexed = unindexed;
        this.outbox = outbox;
        this.clock = clock;
        this.meters = meters;
        this.routed = Latency.of(meters, "reply-routed");
        this.transactions = transactions;
    }

    /** A text to be filed, with the account that had it and the trace it came with. */
    private record Incoming(
            ReceivedText text,
            SiteDocument site,
            Moment moment,
            @Nullable String account,
            String traceParent) {

        Incoming withoutErasedWords(Marks marks) {
            return marks.covering(text.conversation(), text.receivedAt())
                    .map(until -> new Incoming(text.withoutWords(until), site, moment, account, traceParent))
                    .orElse(this);
        }
    }

    /** A number that thousands of cases share makes a batch heavy: then it is filed in parts. */
    void file(List<Received<InboundEvent>> batch) {
        if (Boolean.FALSE.equals(transactions.execute(transaction -> fileAtOnce(batch)))) {
            int half = batch.size() / 2;
            file(batch.subList(0, half));
            file(batch.subList(half, batch.size()));
        }
    }

    private boolean fileAtOnce(List<Received<InboundEvent>> batch) {
        marks.takingIn();
        Map<Replies.Key, Incoming> incoming = new LinkedHashMap<>();
        for (Received<InboundEvent> received : batch) {
            incoming(received)
                    .ifPresent(one -> incoming.putIfAbsent(
                            new Replies.Key(one.site().site(), one.text().sid()), one));
        }
        List<Conversation> people =
                incoming.values().stream().map(one -> one.text().conversation()).toList();
        locks.forFiling(people);
        Marks erased = marks.of(people);
        incoming.replaceAll((key, one) -> one.withoutErasedWords(erased));
        Map<Moment, Facts> facts =
                senders.factsAt(incoming.values().stream().map(Incoming::moment).collect(Collectors.toSet()));
        Instant now = clock.instant();
        List<Fresh> fresh = incoming.values().stream()
                .map(one -> matched(one, facts.getOrDefault(one.moment(), Facts.NONE), now))
                .toList();
        if (batch.size() > 1 && casesOf(fresh) > MOST_CASES_AT_ONCE) {
            return false;
        }
        publish(replies.add(fresh), incoming);
        return true;
    }

    /** A call is answered where it comes in; there is nothing to file. */
    private Optional<Incoming> incoming(Received<InboundEvent> received) {
        return switch (received) {
            case Received.Arrived<InboundEvent>(MessageReceived text, var problems, var origin) ->
                Optional.of(incoming(text, origin));
            case Received.Arrived<InboundEvent>(CallReceived call, var problems, var origin) -> Optional.empty();
            case Received.Tombstone<InboundEvent> nothing -> throw new UnreadableEvent("the record has no value");
        };
    }

    private Incoming incoming(MessageReceived received, Received.Origin origin) {
        SiteDocument site = sites.find(received.site())
                .orElseThrow(() -> new UnreadableEvent("UNKNOWN_SITE: no site is called '" + received.site()
                        + "'; make it known on sms.sites and replay this record"));
        ReceivedText text = ReceivedText.of(received, contact(received, site));
        Moment moment = new Moment(text.conversation(), matchedBefore(received, origin.time()));
        return new Incoming(text, site, moment, received.attributes().get(ACCOUNT), origin.traceParent());
    }

    /** A short code, a name or an address of another network stays as Twilio gave it. */
    private static String contact(MessageReceived received, SiteDocument site) {
        String from = received.contact();
        return from.chars().allMatch(ReplyFiling::standsInNumbers)
                ? PhoneNumbers.normalised(from, site.region())
                : from;
    }

    private static boolean standsInNumbers(int unit) {
        return unit >= '0' && unit <= '9' || Character.isWhitespace(unit) || "+().-".indexOf(unit) >= 0;
    }

    /**
     * What was accepted after a text came in cannot be what it answers: for a recovered one that is the moment Twilio
     * had it, for any other the moment it was told of, whenever we come to read it.
     */
    private static Instant matchedBefore(MessageReceived text, Instant told) {
        Instant received = text.receivedAt();
        Instant moment = text.recovered() || received.isAfter(told) ? received : told;
        Instant stored = moment.truncatedTo(ChronoUnit.MICROS);
        return text.recovered() ? stored : stored.plus(1, ChronoUnit.MICROS);
    }

    private static int casesOf(List<Fresh> fresh) {
        return fresh.stream()
                .mapToInt(one -> one.match().filing().cases().size())
                .sum();
    }

    private static Fresh matched(Incoming one, Facts facts, Instant now) {
        Instant before = one.moment().before();
        Match match = one.text().match(one.site(), before, facts);
        return new Fresh(Reply.filed(one.text(), before, now, match.outcomes().strategy(), match.filing()), match);
    }

    private static Expected expected(Reply reply, Incoming one) {
        ReceivedText text = reply.text();
        return new Expected(
                text.conversation().site(),
                text.sid(),
                text.conversation().contact(),
                one.account(),
                text.media(),
                reply.filing().cases(),
                one.traceParent());
    }

    private void publish(List<Reply> filed, Map<Replies.Key, Incoming> incoming) {
        List<Outgoing> events = new ArrayList<>();
        List<Expected> files = new ArrayList<>();
        for (Reply reply : filed) {
            Incoming one = incoming.get(Replies.Key.of(reply));
            if (one != null) {
                events.add(new Outgoing(reply.filed(), one.traceParent()));
                files.add(expected(reply, one));
                routed.record(one.text().receivedAt(), clock.instant());
            }
        }
        filed.stream()
                .collect(Collectors.groupingBy(reply -> reply.filing().rule(), Collectors.counting()))
                .forEach((rule, count) -> meters.counter("casewire.replies.filed", "rule", rule.name())
                        .increment(count));
        outbox.append(events);
        documents.expect(files);
        unindexed.add(
                Direction.RECEIVED,
                filed.stream()
                        .map(Replies.Key::of)
                        .map(key -> new Text(Direction.RECEIVED, key.site(), key.sid(), false))
                        .toList());
    }
}
