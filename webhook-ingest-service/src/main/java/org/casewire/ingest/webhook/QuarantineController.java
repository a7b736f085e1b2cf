package org.casewire.ingest.webhook;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.ingest.durable.NotDurable;
import org.casewire.ingest.quarantine.Arrival;
import org.casewire.ingest.quarantine.Kept;
import org.casewire.ingest.quarantine.Quarantine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an operator sees of the refused webhooks of a site, and lets in after all. */
@RestController
@Tag(name = "quarantine", description = "Webhooks that were refused")
@RequestMapping("/api/sites/{site}/quarantine")
@PreAuthorize("hasRole('OPERATOR')")
class QuarantineController {

    private static final Logger log = LoggerFactory.getLogger(QuarantineController.class);
    private static final int MOST = 500;

    private final Sites sites;
    private final Quarantine quarantine;
    private final Gate gate;
    private final Intake intake;

    QuarantineController(Sites sites, Quarantine quarantine, Gate gate, Intake intake) {
        this.sites = sites;
        this.quarantine = quarantine;
        this.gate = gate;
        this.intake = intake;
    }

    /** The newest first. */
    record Page(List<Item> items, @Nullable String next) {}

    /**
     * One webhook.
     *
     * @param parameters of the form; null where it cannot be read
     * @param body of a form that cannot be read
     * @param readable false when it was sealed with another key: then only what is outside the seal is told
     */
    record Item(
            String id,
            Instant at,
            String kind,
            String reason,
            Kept.State state,
            boolean readable,
            @Nullable String address,
            @Nullable Map<String, List<String>> parameters,
            @Nullable String body,
            @Nullable String signature,
            @Nullable String idempotencyToken,
            @Nullable String from,
            @Nullable String forwardedOrigin,
            @Nullable String replayedBy,
            @Nullable Instant replayedAt) {}

    @Operation(
            operationId = "listQuarantine",
            summary = "Refused webhooks",
            description =
                    "What was refused for its signature, its form or missing credentials, or taken in shadow mode:"
                            + " the newest first, for at most 7 days.")
    @GetMapping
    Page list(
            @PathVariable String site,
            @RequestParam Optional<Kept.State> state,
            @RequestParam Optional<String> reason,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "100") int limit) {
        requireSite(site);
        if (limit < 1 || limit > MOST) {
            throw new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", "limit must be 1 to " + MOST + ".");
        }
        List<Kept> found = quarantine.list(
                site,
                cursor,
                kept -> state.map(kept.state()::equals).orElse(true)
                        && reason.map(kept.reason()::equals).orElse(true),
                limit + 1);
        List<Kept> page = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                page.stream().map(this::item).toList(),
                found.size() > limit ? page.getLast().id() : null);
    }

    /** Lets one in, without a look at its signature: the operator vouches for it. Once is enough. */
    @Operation(
            operationId = "replayQuarantined",
            summary = "Let a refused webhook in",
            description =
                    "The operator vouches for it: its event is published as of when it came. Again is the same answer.")
    @ApiResponse(responseCode = "200", description = "Let in, now or before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "404", description = "Not there, or not any more")
    @ApiResponse(responseCode = "409", description = "Taken when it came, or sealed with another key")
    @ApiResponse(responseCode = "422", description = "It lacks what the event needs; the detail names the field")
    @PostMapping("/{id}/replay")
    Item replay(@PathVariable String site, @PathVariable String id, @AuthenticationPrincipal Jwt token) {
        requireSite(site);
        Kept kept = quarantine
                .find(site, id)
                .orElseThrow(() -> Problem.notFound("There is no such webhook in this site's quarantine any more."));
        return switch (kept.state()) {
            case REPLAYED -> item(kept);
            case TAKEN ->
                throw new Problem(
                        HttpStatus.CONFLICT,
                        "ALREADY_TAKEN",
                        "This webhook was taken when it came: its site was in shadow mode.");
            case REFUSED -> item(replayed(kept, String.valueOf(token.getSubject())));
        };
    }

    private Kept replayed(Kept kept, String by) {
        Arrival arrival = quarantine
                .open(kept)
                .orElseThrow(() -> new Problem(
                        HttpStatus.CONFLICT,
                        "UNREADABLE",
                        "This webhook was sealed with another key. Set casewire.ingest.quarantine.key to that one."));
        try {
            intake.take(Kind.valueOf(kept.kind()), gate.admitReplayed(arrival));
        } catch (InvalidForm invalid) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT, "INVALID_REQUEST", String.valueOf(invalid.getMessage()));
        } catch (NotDurable away) {
            throw new Problem(HttpStatus.SERVICE_UNAVAILABLE, "NOT_DURABLE", Refusal.NOT_DURABLE.detail());
        }
        log.atInfo()
                .addKeyValue("site", kept.site())
                .addKeyValue("quarantineId", kept.id())
                .addKeyValue("by", by)
                .log("A webhook from the quarantine was let in");
        return quarantine.replayed(kept, by);
    }

    private void requireSite(String site) {
        if (sites.find(site).isEmpty()) {
            throw new Problem(HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "There is no site of that name.");
        }
    }

    private Item item(Kept kept) {
        Optional<Arrival> arrival = quarantine.open(kept);
        Optional<Map<String, List<String>>> parameters = arrival.flatMap(QuarantineController::parameters);
        return new Item(
                kept.id(),
                kept.at(),
                kept.kind(),
                kept.reason(),
                kept.state(),
                arrival.isPresent(),
                arrival.map(QuarantineController::address).orElse(null),
                parameters.orElse(null),
                parameters.isPresent()
                        ? null
                        : arrival.map(one -> new String(one.body(), StandardCharsets.UTF_8))
                                .orElse(null),
                arrival.map(Arrival::signature).orElse(null),
                arrival.map(Arrival::idempotencyToken).orElse(null),
                arrival.map(Arrival::from).orElse(null),
                arrival.map(Arrival::forwardedOrigin).orElse(null),
                kept.replayedBy(),
                kept.replayedAt());
    }

    private static String address(Arrival arrival) {
        return arrival.query() == null ? arrival.path() : arrival.path() + '?' + arrival.query();
    }

    private static Optional<Map<String, List<String>>> parameters(Arrival arrival) {
        try {
            Map<String, List<String>> parameters = new LinkedHashMap<>();
            Form.parse(arrival.body())
                    .parameters()
                    .forEach(parameter -> parameters
                            .computeIfAbsent(parameter.name(), first -> new ArrayList<>())
                            .add(parameter.value()));
            return Optional.of(parameters);
        } catch (InvalidForm unreadable) {
            return Optional.empty();
        }
    }
}
