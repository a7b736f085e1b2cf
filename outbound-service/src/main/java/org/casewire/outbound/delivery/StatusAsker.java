package org.casewire.outbound.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.outbound.delivery.SentTexts.Silent;
import org.casewire.outbound.gateway.TwilioGateway;
import org.casewire.outbound.gateway.TwilioGateway.Standing.NotTold;
import org.casewire.outbound.gateway.TwilioGateway.Standing.Stands;
import org.casewire.outbound.message.FollowUpProperties;
import org.casewire.outbound.message.Progress;
import org.casewire.outbound.message.Report.Source;
import org.casewire.outbound.message.Report.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Asks Twilio how texts stand that nothing was heard of: a callback may be lost, and delivery is never assumed. */
@Component
class StatusAsker {

    private static final Logger log = LoggerFactory.getLogger(StatusAsker.class);

    private final SentTexts texts;
    private final TwilioGateway twilio;
    private final TwilioCredentials credentials;
    private final Progress progress;
    private final FollowUpProperties properties;
    private final Clock clock;

    StatusAsker(
            SentTexts texts,
            TwilioGateway twilio,
            TwilioCredentials credentials,
            Progress progress,
            FollowUpProperties properties,
            Clock clock) {
        this.texts = texts;
        this.twilio = twilio;
        this.credentials = credentials;
        this.progress = progress;
        this.properties = properties;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void askAllAtStart() {
        texts.askAllNow(clock.instant());
    }

    @Scheduled(fixedDelayString = "PT1S")
    void askForSilentTexts() {
        try {
            ask(texts.takeSilent(
                    clock.instant(),
                    properties.batch(),
                    properties.askAfter(),
                    properties.askAtLeastEvery(),
                    properties.giveUpAfter()));
        } catch (DataAccessException away) {
            log.atWarn().setCause(away).log("Texts that stand still could not be asked for; trying again in a second");
        }
    }

    private void ask(List<Silent> silent) {
        if (silent.isEmpty()) {
            return;
        }
        List<Future<Optional<Told>>> answers;
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = silent.stream().map(text -> calls.submit(() -> ask(text))).toList();
        }
        progress.apply(answers.stream()
                .map(Future::resultNow)
                .flatMap(Optional::stream)
                .toList());
    }

    private Optional<Told> ask(Silent text) {
        return credentials.of(text.place().message().site()).flatMap(account -> switch (twilio.ask(
                account, text.sid())) {
            case Stands stands -> Optional.of(told(text, stands, clock.instant()));
            case NotTold(String why) -> {
                log.atDebug()
                        .addKeyValue("providerSid", text.sid())
                        .addKeyValue("reason", why)
                        .log("Twilio did not tell");
                yield Optional.empty();
            }
        });
    }

    private static Told told(Silent text, Stands stands, Instant at) {
        return new Told(
                text.place().message(),
                text.place().part(),
                at,
                null,
                "asked-" + text.sid() + "-" + text.asked(),
                stands.sid(),
                stands.status(),
                stands.errorCode(),
                Source.ASKED);
    }
}
