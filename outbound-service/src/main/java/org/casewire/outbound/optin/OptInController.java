package org.casewire.outbound.optin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.TraceParent;
import org.casewire.outbound.consent.ConsentLedger;
import org.casewire.outbound.consent.Statement;
import org.casewire.outbound.optin.Links.Link;
import org.casewire.outbound.optin.Pages.Filled;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The opt-in form: whoever holds the link is the person it was sent to; nobody else needs to be let in. */
@RestController
@Tag(name = "opt-in", description = "The page on which a person opts in; no token but that of the link")
@ApiResponse(
        responseCode = "404",
        description = "No link of ours",
        content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
@ApiResponse(
        responseCode = "410",
        description = "The link is too old, or was used",
        content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
@ApiResponse(
        responseCode = "429",
        description = "Too often: try again in a minute",
        content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
class OptInController {

    private final InvitationStore store;
    private final Links links;
    private final VisitLimit limit;
    private final Pages pages;
    private final ConsentLedger ledger;
    private final TransactionOperations transactions;
    private final Sites sites;
    private final Clock clock;

    OptInController(
            InvitationStore store,
            Links links,
            VisitLimit limit,
            Pages pages,
            ConsentLedger ledger,
            TransactionOperations transactions,
            Sites sites,
            Clock clock) {
        this.store = store;
        this.links = links;
        this.limit = limit;
        this.pages = pages;
        this.ledger = ledger;
        this.transactions = transactions;
        this.sites = sites;
        this.clock = clock;
    }

    /** The fields of the form, for the description. */
    record Form(
            @Schema(description = "what they want to be texted about, as often as they ticked one")
            List<Category> category,

            @Schema(description = "yes: they agree", requiredMode = Schema.RequiredMode.REQUIRED)
            String agreement) {}

    /** What a visitor's link comes to. */
    private sealed interface Visit {

        record Welcome(Invitation invitation, SiteDocument site, Language language) implements Visit {}

        record Refused(ResponseEntity<String> page) implements Visit {}
    }

    @GetMapping(path = "/opt-in/{token}", produces = MediaType.TEXT_HTML_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "The form, or thanks",
            content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
    @Operation(
            operationId = "getOptInForm",
            summary = "The page on which somebody who was invited opts in",
            description = "The token of the link is all that is needed.",
            parameters =
                    @Parameter(
                            name = "lang",
                            in = ParameterIn.QUERY,
                            description = "en or es; else as the browser or the site says",
                            schema = @Schema(type = "string")))
    ResponseEntity<String> show(@PathVariable String token, HttpServletRequest request) {
        return switch (visit(token, request)) {
            case Visit.Refused(ResponseEntity<String> page) -> page;
            case Visit.Welcome(Invitation invitation, SiteDocument site, Language language) ->
                pages.form(invitation, site, language, Filled.NOTHING);
        };
    }

    @PostMapping(
            path = "/opt-in/{token}",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            produces = MediaType.TEXT_HTML_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "The form, or thanks",
            content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "422",
            description = "The form again: nothing was ticked, or the agreement was not",
            content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
    @Operation(
            operationId = "submitOptInForm",
            summary = "What they decided",
            description = "The token of the link is all that is needed; it can be used once.",
            parameters =
                    @Parameter(
                            name = "lang",
                            in = ParameterIn.QUERY,
                            description = "en or es; else as the browser or the site says",
                            schema = @Schema(type = "string")))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/x-www-form-urlencoded",
                            schema = @Schema(implementation = Form.class)))
    ResponseEntity<String> send(@PathVariable String token, HttpServletRequest request) {
        return switch (visit(token, request)) {
            case Visit.Refused(ResponseEntity<String> page) -> page;
            case Visit.Welcome(Invitation invitation, SiteDocument site, Language language) -> {
                Filled filled = filled(invitation, request);
                yield filled.isComplete()
                        ? agreed(invitation, site, language, filled)
                        : pages.form(invitation, site, language, filled);
            }
        };
    }

    private Visit visit(String token, HttpServletRequest request) {
        Optional<Language> asked = Language.of(request.getParameter("lang"));
        Optional<Language> accepted = Language.accepted(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        Language stranger = asked.or(() -> accepted).orElse(Language.EN);
        if (!limit.admitsAddress(address(request))) {
            return refused(HttpStatus.TOO_MANY_REQUESTS, "busy", null, stranger);
        }
        return switch (links.read(token, clock.instant())) {
            case Link.Unknown unknown -> refused(HttpStatus.NOT_FOUND, "unknown", null, stranger);
            case Link.Expired expired -> refused(HttpStatus.GONE, "expired", null, stranger);
            case Link.Good(var id) -> {
                Invitation invitation = store.find(id).orElse(null);
                SiteDocument site = invitation == null
                        ? null
                        : sites.find(invitation.person().site()).orElse(null);
                if (invitation == null || site == null) {
                    yield refused(HttpStatus.NOT_FOUND, "unknown", null, stranger);
                }
                Language language = asked.or(invitation::language)
                        .or(() -> accepted)
                        .or(() -> Language.of(site.language()))
                        .orElse(Language.EN);
                yield welcome(invitation, site, language);
            }
        };
    }

    private Visit welcome(Invitation invitation, SiteDocument site, Language language) {
        if (!limit.admitsLink(invitation.id().toString())) {
            return refused(HttpStatus.TOO_MANY_REQUESTS, "busy", site, language);
        }
        return invitation.usedAt() == null
                ? new Visit.Welcome(invitation, site, language)
                : refused(HttpStatus.GONE, "used", site, language);
    }

    private Visit refused(HttpStatus status, String what, @Nullable SiteDocument site, Language language) {
        return new Visit.Refused(pages.instead(status, what, site, language));
    }

    /** The front door adds the address it was called from as the last one; what stands before it anybody can write. */
    private static String address(HttpServletRequest request) {
        String forwarded = request.getHeader("X-Forwarded-For");
        return forwarded == null || forwarded.isBlank()
                ? String.valueOf(request.getRemoteAddr())
                : forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }

    private static Filled filled(Invitation invitation, HttpServletRequest request) {
        Set<Category> ticked = EnumSet.noneOf(Category.class);
        List<String> values =
                List.of(Objects.requireNonNullElse(request.getParameterValues("category"), new String[0]));
        invitation.categories().stream()
                .filter(category -> values.contains(category.name()))
                .forEach(ticked::add);
        return new Filled(ticked, "yes".equals(request.getParameter("agreement")), true);
    }

    /** Two at once with one link: the second finds it used. */
    private ResponseEntity<String> agreed(Invitation invitation, SiteDocument site, Language language, Filled filled) {
        Instant now = clock.instant();
        boolean first = Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean used = store.use(invitation.id(), now);
            if (used) {
                ledger.record(List.of(statement(invitation, site, language, filled, now)));
            }
            return used;
        }));
        return first ? pages.done(site, language) : pages.instead(HttpStatus.GONE, "used", site, language);
    }

    private static Statement statement(
            Invitation invitation, SiteDocument site, Language language, Filled filled, Instant now) {
        return new Statement(
                invitation.person(),
                State.PENDING,
                Source.WEB_FORM,
                filled.ticked().stream().map(Category::name).toList(),
                new Evidence(
                        null,
                        Pages.agreement(site, language),
                        null,
                        "opt-in form %s (%s), invited by %s at %s"
                                .formatted(
                                        invitation.id(), language.tag(), invitation.invitedBy(), invitation.email())),
                now,
                TraceParent.start());
    }
}
