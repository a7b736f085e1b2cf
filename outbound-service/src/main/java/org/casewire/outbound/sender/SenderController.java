package org.casewire.outbound.sender;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.casewire.events.RejectionReason;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Sender;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.outbound.message.HeldTexts;
import org.casewire.outbound.sender.Senders.Errors;
import org.casewire.outbound.sender.Senders.Pause;
import org.casewire.outbound.sender.Senders.Standing;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Shows how a site's senders fare and how long their queues will take, and stops and starts them. */
@RestController
@Tag(name = "senders", description = "The numbers that texts leave from: queues, health and pauses")
class SenderController {

    private static final Duration RECENT = Duration.ofHours(24);

    private final Senders senders;
    private final Sites sites;
    private final HeldTexts held;
    private final Clock clock;

    SenderController(Senders senders, Sites sites, HeldTexts held, Clock clock) {
        this.senders = senders;
        this.sites = sites;
        this.held = held;
        this.clock = clock;
    }

    /** How a sender fares. */
    enum Health {
        OK,
        SLOWED,
        ON_HOLD,
        PAUSED
    }

    /** How often Twilio named a code of this sender's texts in the last 24 hours. */
    record ErrorCount(int code, long count, Instant lastAt) {}

    /**
     * A sender.
     *
     * @param ratePerSecond segments a second it may send now
     * @param queued texts that are due and wait for their turn
     * @param minutesToDrain how long that will take at this rate
     */
    record SenderView(
            String sender,
            Sender.Kind kind,
            double ratePerSecond,
            long queued,
            long queuedSegments,
            double minutesToDrain,
            @Nullable Instant oldestSince,
            long scheduled,
            long held,
            Health health,
            @Nullable Instant holdUntil,
            @Nullable Integer holdCode,
            @Nullable Pause pause,
            List<ErrorCount> recentErrors) {}

    /** A site's senders, the default one first. */
    record Page(
            List<SenderView> items,
            @Nullable String next,
            @Nullable Pause pause) {}

    @GetMapping("/api/sites/{site}/senders")
    @Operation(
            operationId = "listSenders",
            summary = "What each sender has to send, how fast it may, how long that takes, and its errors")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE', 'OPERATOR')")
    Page list(@PathVariable String site) {
        List<Sender> known = siteOf(site).senders();
        Instant now = clock.instant();
        Map<String, List<Errors>> errors =
                senders.errorsSince(site, now.minus(RECENT)).stream().collect(Collectors.groupingBy(Errors::sender));
        Map<String, Standing> standings = senders
                .overview(site, known.stream().map(Sender::address).toList())
                .stream()
                .collect(Collectors.toMap(Standing::sender, Function.identity(), (one, same) -> one));
        List<SenderView> views = known.stream()
                .flatMap(sender -> Optional.ofNullable(standings.get(sender.address()))
                        .map(standing -> view(sender, standing, errors.getOrDefault(sender.address(), List.of()), now))
                        .stream())
                .toList();
        return new Page(views, null, senders.sitePause(site).orElse(null));
    }

    private static SenderView view(Sender sender, Standing standing, List<Errors> errors, Instant now) {
        Health health = health(standing, now);
        double rate = health == Health.SLOWED ? sender.ratePerSecond() / 2 : sender.ratePerSecond();
        boolean onHold = health == Health.ON_HOLD;
        return new SenderView(
                standing.sender(),
                sender.kind(),
                rate,
                standing.texts(),
                standing.segments(),
                Math.round(standing.segments() / rate / 60 * 10) / 10.0,
                standing.oldest(),
                standing.scheduled(),
                standing.held(),
                health,
                onHold ? standing.holdUntil() : null,
                onHold ? standing.holdCode() : null,
                standing.pause(),
                errors.stream()
                        .map(error -> new ErrorCount(error.code(), error.count(), error.lastAt()))
                        .toList());
    }

    private static Health health(Standing standing, Instant now) {
        if (standing.pause() != null) {
            return Health.PAUSED;
        }
        Instant holdUntil = standing.holdUntil();
        if (holdUntil != null && holdUntil.isAfter(now)) {
            return Health.ON_HOLD;
        }
        Instant slowUntil = standing.slowUntil();
        return slowUntil != null && slowUntil.isAfter(now) ? Health.SLOWED : Health.OK;
    }

    /** Whether something is, or is to be, stopped. */
    record Paused(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Boolean paused) {}

    @PutMapping("/api/sites/{site}/senders/{number}/pause")
    @Operation(operationId = "pauseSender", summary = "Holds back what one sender has to send, or lets it go on")
    @PreAuthorize("hasAnyRole('ADMIN', 'OPERATOR')")
    Paused pauseSender(
            @PathVariable String site,
            @PathVariable String number,
            @RequestBody Paused wanted,
            @AuthenticationPrincipal Jwt token) {
        if (siteOf(site).senders().stream().noneMatch(sender -> sender.address().equals(number))) {
            throw Problem.notFound("The site has no sender " + number + ".");
        }
        SenderKey sender = new SenderKey(site, number);
        if (wanted(wanted)) {
            senders.pause(sender, String.valueOf(token.getSubject()), clock.instant());
        } else {
            senders.goOn(sender);
            held.reconsider(site, number);
        }
        return wanted;
    }

    @PutMapping("/api/sites/{site}/pause")
    @Operation(operationId = "pauseSite", summary = "Holds back whatever a site has to send, or lets it go on")
    @PreAuthorize("hasAnyRole('ADMIN', 'OPERATOR')")
    Paused pauseSite(@PathVariable String site, @RequestBody Paused wanted, @AuthenticationPrincipal Jwt token) {
        siteOf(site);
        if (wanted(wanted)) {
            senders.pauseSite(site, String.valueOf(token.getSubject()), clock.instant());
        } else {
            senders.goOnSite(site);
            held.reconsider(site);
        }
        return wanted;
    }

    private static boolean wanted(Paused body) {
        if (body.paused() == null) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, RejectionReason.INVALID_REQUEST.name(), "paused must be true or false.");
        }
        return body.paused();
    }

    private SiteDocument siteOf(String site) {
        return sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, RejectionReason.UNKNOWN_SITE.name(), "There is no site " + site + "."));
    }
}
