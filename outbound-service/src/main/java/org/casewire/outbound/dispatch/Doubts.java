package org.casewire.outbound.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.events.site.TwilioCredentials.Account;
import org.casewire.outbound.dispatch.DoubtRule.Decision;
import org.casewire.outbound.dispatch.Line.Doubt;
import org.casewire.outbound.gateway.TwilioGateway;
import org.casewire.outbound.gateway.TwilioGateway.Listing;
import org.casewire.outbound.gateway.TwilioGateway.Seen;
import org.casewire.outbound.message.Progress;
import org.casewire.outbound.message.Report;
import org.casewire.outbound.start.HeardFirst;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Settles attempts in doubt by Twilio's list; their callbacks, which name them, settle them by themselves. */
@Component
class Doubts {

    private static final Logger log = LoggerFactory.getLogger(Doubts.class);

    /** For a site that is no more. */
    private static final SiteDocument.Doubt CAREFUL =
            new SiteDocument.Doubt(30, SiteDocument.Doubt.WhenTwilioCannotTell.ASK);

    /** How many lists are read at once. */
    private static final int READERS = 8;

    private final Line line;
    private final TwilioGateway twilio;
    private final TwilioCredentials credentials;
    private final Sites sites;
    private final Progress progress;
    private final HeardFirst heard;
    private final DispatchProperties properties;
    private final Clock clock;
    private final MeterRegistry meters;

    Doubts(
            Line line,
            TwilioGateway twilio,
            TwilioCredentials credentials,
            Sites sites,
            Progress progress,
            HeardFirst heard,
            DispatchProperties properties,
            Clock clock,
            MeterRegistry meters) {
        this.line = line;
        this.twilio = twilio;
        this.credentials = credentials;
        this.sites = sites;
        this.progress = progress;
        this.heard = heard;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    /** Everything that one list can settle. */
    private record Question(Account account, String to) {}

    @Scheduled(fixedDelayString = "PT0.25S")
    void settle() {
        if (!heard.isHeard()) {
            return;
        }
        try {
            Instant now = clock.instant();
            List<Doubt> doubts = line.takeDoubts(now, now.plus(properties.lookAgain()));
            if (!doubts.isEmpty()) {
                settle(doubts);
            }
        } catch (DataAccessException | TransactionException away) {
            log.atWarn()
                    .addKeyValue("failure", away.getClass().getSimpleName())
                    .log("Attempts in doubt could not be settled; trying again");
        }
    }

    private void settle(List<Doubt> doubts) {
        Map<Optional<Question>, List<Doubt>> asked = doubts.stream()
                .collect(Collectors.groupingBy(doubt ->
                        credentials.of(doubt.message().site()).map(account -> new Question(account, doubt.to()))));
        List<Future<List<Report>>> answers = new ArrayList<>();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            asked.forEach((question, about) ->
                    question.ifPresent(known -> answers.add(readers.submit(() -> settle(known, about)))));
        }
        progress.apply(answers.stream()
                .map(Future::resultNow)
                .flatMap(Collection::stream)
                .toList());
    }

    private List<Report> settle(Question question, List<Doubt> doubts) {
        Instant since = doubts.stream()
                .map(Doubt::attemptAt)
                .min(Comparator.naturalOrder())
                .orElseThrow()
                .minus(DoubtRule.CLOCKS);
        Instant readAt = clock.instant();
        Listing listing = twilio.list(question.account(), question.to(), since);
        Set<String> recorded = new HashSet<>(recorded(question.account(), listing));
        List<Report> reports = new ArrayList<>();
        doubts.stream().sorted(Comparator.comparing(Doubt::attemptAt)).forEach(doubt -> {
            SiteDocument.Doubt policy = policy(doubt);
            Decision decision = DoubtRule.decide(doubt, listing, recorded, policy, readAt);
            if (decision instanceof Decision.Found(Seen text)) {
                recorded.add(text.sid());
            }
            report(doubt, decision, readAt).ifPresent(reports::add);
        });
        return reports;
    }

    private SiteDocument.Doubt policy(Doubt doubt) {
        return sites.find(doubt.message().site())
                .map(site -> site.doubt().get(doubt.purpose()))
                .orElse(CAREFUL);
    }

    private Set<String> recorded(Account account, Listing listing) {
        if (!(listing instanceof Listing.Listed(List<Seen> texts)) || texts.isEmpty()) {
            return Set.of();
        }
        List<String> ofAccount = credentials.twilio().entrySet().stream()
                .filter(entry -> entry.getValue().accountSid().equals(account.accountSid()))
                .map(Map.Entry::getKey)
                .toList();
        return line.recorded(ofAccount, texts.stream().map(Seen::sid).toList());
    }

    private Optional<Report> report(Doubt doubt, Decision decision, Instant at) {
        meters.counter("casewire.doubts", "decision", decision.getClass().getSimpleName())
                .increment();
        return switch (decision) {
            case Decision.Found(Seen text) -> Optional.of(found(doubt, text, at));
            case Decision.SendAgain again -> {
                tell(doubt, "Twilio does not have the text; it is sent again");
                yield Optional.of(new Report.Abandoned(doubt.message(), doubt.part(), at, doubt.attempt()));
            }
            case Decision.LookAgain later -> Optional.empty();
            case Decision.AskPerson ask -> {
                tell(doubt, "Twilio cannot tell whether it has the text; a person is to decide");
                yield Optional.of(new Report.InDoubt(
                        doubt.message(),
                        doubt.part(),
                        at,
                        doubt.attempt(),
                        at.plus(properties.askPersonEvery()),
                        true));
            }
        };
    }

    private static Report found(Doubt doubt, Seen text, Instant at) {
        tell(doubt, "Twilio has the text");
        return new Report.Told(
                doubt.message(),
                doubt.part(),
                at,
                doubt.attempt(),
                "listed-" + doubt.attempt(),
                text.sid(),
                text.status(),
                text.errorCode(),
                Report.Source.LISTED);
    }

    private static void tell(Doubt doubt, String what) {
        log.atInfo()
                .addKeyValue("messageId", doubt.message().messageId())
                .addKeyValue("part", doubt.part())
                .log(what);
    }
}
