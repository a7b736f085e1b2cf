package org.casewire.ingest.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.casewire.events.Conversation;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Sender;
import org.casewire.events.site.Sites;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.events.transport.TraceParent;
import org.casewire.ingest.durable.DurableLog;
import org.casewire.ingest.heard.Heard;
import org.casewire.ingest.heard.InboundLog;
import org.casewire.ingest.heard.TracesOfTexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks through Twilio's list, span by span, the oldest first, and publishes what nobody has published. */
@Component
class Sweeper {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration LOG_IS_READ_WITHIN = Duration.ofSeconds(15);

    /** Twilio's clock and the broker's may differ by this much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final TwilioLists lists;
    private final Sites sites;
    private final TwilioCredentials credentials;
    private final Heard heard;
    private final TracesOfTexts traces;
    private final InboundLog inbound;
    private final DurableLog durable;
    private final SweepMarks marks;
    private final SweepProperties properties;
    private final Clock clock;
    private final Counter recovered;

    Sweeper(
            TwilioLists lists,
            Sites sites,
            TwilioCredentials credentials,
            Heard heard,
            TracesOfTexts traces,
            InboundLog inbound,
            DurableLog durable,
            SweepMarks marks,
            SweepProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.lists = lists;
        this.sites = sites;
        this.credentials = credentials;
        this.heard = heard;
        this.traces = traces;
        this.inbound = inbound;
        this.durable = durable;
        this.marks = marks;
        this.properties = properties;
        this.clock = clock;
        this.recovered = meters.counter("casewire.sweep.recovered");
    }

    private record Span(SiteDocument site, Account account, String number, Instant from, Instant before, Turn turn) {}

    /** Sweeps as far as texts have settled; each span that is done is marked, so that a failure loses little. */
    void run(Sweep sweep, Turn turn, UnaryOperator<Sweep> marked) {
        SiteDocument site =
                sites.find(sweep.site()).orElseThrow(() -> new CannotSweep("The site is not known any more"));
        Account account = credentials
                .of(sweep.site())
                .orElseThrow(() -> new CannotSweep("The site has no Twilio credentials here"));
        Instant end = sweep.end(clock.instant().minus(properties.settle()));
        Instant from = sweep.start(properties.overlap());
        if (!from.isBefore(end)) {
            return;
        }
        List<String> numbers = numbers(sweep.duty(), account, turn);
        for (Sweep now = sweep; from.isBefore(end); from = next(from, end)) {
            Instant before = next(from, end);
            for (String number : numbers) {
                recover(new Span(site, account, number, from, before, turn));
            }
            turn.check();
            now = now.reached(before);
            marks.write(now);
            marked.apply(now);
        }
    }

    private Instant next(Instant from, Instant end) {
        Instant next = from.plus(properties.slice());
        return next.isBefore(end) ? next : end;
    }

    /** A number that a site names itself is swept for that site alone. */
    private List<String> numbers(Duty duty, Account account, Turn turn) {
        if (!duty.isPool()) {
            return List.of(duty.address());
        }
        Set<String> named = sites.all().stream()
                .flatMap(site -> site.senders().stream())
                .map(Sender::address)
                .collect(Collectors.toSet());
        return lists.pool(account, duty.address(), turn).stream()
                .filter(number -> !number.isBlank() && !named.contains(number))
                .toList();
    }

    private void recover(Span span) {
        List<TwilioText> missing =
                missing(span, lists.inbound(span.account(), span.number(), span.from(), span.before(), span.turn()));
        for (TwilioText text : missing) {
            publish(span, text);
        }
        if (!missing.isEmpty()) {
            log.atInfo()
                    .addKeyValue("site", span.site().site())
                    .addKeyValue("number", PhoneNumbers.masked(span.number()))
                    .addKeyValue("texts", missing.size())
                    .log("Texts recovered that had not come by webhook");
        }
    }

    private List<TwilioText> missing(Span span, List<TwilioText> listed) {
        List<TwilioText> unknown = unknown(span, listed);
        if (unknown.isEmpty()) {
            return unknown;
        }
        readTheLog();
        unknown = unknown(span, unknown);
        if (unknown.isEmpty()) {
            return unknown;
        }
        Instant since = unknown.getFirst().at().minus(CLOCKS_DIFFER);
        if (!since.isBefore(heard.completeFrom())) {
            return unknown;
        }
        Set<String> published = inbound.published(span.site().site(), since);
        return unknown.stream().filter(text -> !published.contains(text.sid())).toList();
    }

    private List<TwilioText> unknown(Span span, List<TwilioText> listed) {
        return listed.stream()
                .filter(text -> !heard.expects(span.site().site(), text.sid()))
                .toList();
    }

    private void readTheLog() {
        if (durable.isBehind()) {
            throw new CannotSweep("The spool has not been replayed yet, so it is not known what is missing");
        }
        try {
            inbound.readToItsEnd().get(LOG_IS_READ_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new CannotSweep("Kafka cannot be read, so it is not known what is missing");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Turn.Over();
        }
    }

    private void publish(Span span, TwilioText text) {
        RecoveredText found = new RecoveredText(
                text, text.media() == 0 ? List.of() : lists.media(span.account(), text.sid(), span.turn()));
        span.turn().check();
        durable.append(
                found.events(span.site()),
                TraceParent.carriedOrNew(
                        traces.last(new Conversation(span.site().site(), text.from()))));
        heard.published(span.site().site(), text.sid(), clock.instant());
        recovered.increment();
    }
}
