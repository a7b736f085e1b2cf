package org.casewire.ingest.sweep;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.events.site.TwilioCredentials;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.KafkaException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets an operator have a span of time looked through. */
@RestController
@Tag(name = "sweeps", description = "Looking for texts that Twilio never told of")
class SweepController {

    private static final Logger log = LoggerFactory.getLogger(SweepController.class);

    /** What {@code sms.inbound} remembers: before it, nobody could tell what is missing. */
    private static final Duration FURTHEST_BACK = Duration.ofDays(30);

    private static final Duration FURTHEST_AHEAD = Duration.ofDays(30);

    private final Sites sites;
    private final TwilioCredentials credentials;
    private final SweepMarks marks;
    private final Clock clock;

    SweepController(Sites sites, TwilioCredentials credentials, SweepMarks marks, Clock clock) {
        this.sites = sites;
        this.credentials = credentials;
        this.marks = marks;
        this.clock = clock;
    }

    /**
     * @param from where to begin, at most 30 days back
     * @param until where to end; may lie ahead, then it is looked again and again until it has passed; left out: now
     */
    record Wanted(
            @Schema(format = "date-time", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String from,

            @Schema(format = "date-time") @Nullable String until) {}

    /**
     * @param sweepId what the service's log calls it
     * @param senders the numbers and Messaging Services that are looked at
     */
    record Begun(UUID sweepId, String site, Instant from, Instant until, List<String> senders) {}

    @Operation(
            operationId = "startSweep",
            summary = "Look for missed texts",
            description = "Reads Twilio's own list of what the site's numbers received, and publishes what was never"
                    + " delivered, each text once, with recovered=true. The answer comes before the work is done.")
    @ApiResponse(responseCode = "202", description = "Begun", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "400", description = "The span cannot be looked through; the detail names the field")
    @ApiResponse(responseCode = "409", description = "The site has no Twilio credentials here, or no senders")
    @PostMapping("/api/sites/{site}/sweeps")
    @PreAuthorize("hasRole('OPERATOR')")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Begun begin(@PathVariable String site, @RequestBody Wanted wanted) {
        Instant now = clock.instant();
        List<Duty> duties = duties(site);
        Instant from = from(wanted, now);
        Instant until = until(wanted, from, now);
        UUID id = UUID.randomUUID();
        try {
            marks.write(duties.stream()
                    .map(duty -> Sweep.asked(duty, id.toString(), from, until, now))
                    .toList());
        } catch (KafkaException | org.apache.kafka.common.KafkaException away) {
            throw notDurable();
        }
        log.atInfo().addKeyValue("site", site).addKeyValue("sweepId", id).log("A sweep was asked for");
        return new Begun(
                id, site, from, until, duties.stream().map(Duty::address).toList());
    }

    private List<Duty> duties(String site) {
        SiteDocument document = sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "There is no site of this name. Correct the address."));
        if (credentials.of(site).isEmpty()) {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "NO_CREDENTIALS",
                    "The site has no Twilio credentials here. Set casewire.twilio.<site>.account-sid and .auth-tokens.");
        }
        List<Duty> duties = Duty.of(document);
        if (duties.isEmpty()) {
            throw new Problem(
                    HttpStatus.CONFLICT, "NO_SENDERS", "The site has no senders yet. Add its numbers to its settings.");
        }
        return duties;
    }

    private static Instant from(Wanted wanted, Instant now) {
        if (wanted.from() == null) {
            throw invalid("from is missing. Give the time to begin at, such as 2026-03-01T09:00:00Z.");
        }
        Instant from = time("from", wanted.from());
        if (from.isAfter(now)) {
            throw invalid("from lies ahead. Give a time that has passed; only until may lie ahead.");
        }
        if (from.isBefore(now.minus(FURTHEST_BACK))) {
            throw invalid("from is more than 30 days ago, which is as far back as it is known what was received."
                    + " Give a later time.");
        }
        return from;
    }

    private static Instant until(Wanted wanted, Instant from, Instant now) {
        Instant until = wanted.until() == null ? now : time("until", wanted.until());
        if (!until.isAfter(from)) {
            throw invalid("until is not after from. Give a later time, or leave it out for now.");
        }
        if (until.isAfter(now.plus(FURTHEST_AHEAD))) {
            throw invalid("until is more than 30 days ahead. Give an earlier time.");
        }
        return until;
    }

    private static Instant time(String field, String written) {
        try {
            return OffsetDateTime.parse(written).toInstant();
        } catch (DateTimeException unreadable) {
            throw invalid(field + " is not a time. Write it like 2026-03-01T09:00:00Z, with its zone.");
        }
    }

    private static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail);
    }

    private static Problem notDurable() {
        Problem problem = new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "NOT_DURABLE",
                "The sweep cannot be kept safely right now. Try again in a few seconds.");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
        return problem;
    }
}
