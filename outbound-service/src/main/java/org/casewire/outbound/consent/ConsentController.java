package org.casewire.outbound.consent;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.TraceParent;
import org.casewire.outbound.consent.LedgerPages.Page;
import org.casewire.outbound.message.ClaimBarrier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the consent of a number and how it came about, and lets an administrator change it. */
@RestController
@Tag(name = "consents", description = "Who may be texted, since when, and how that is known")
class ConsentController {

    private static final int MOST = 500;

    private final ConsentStore store;
    private final ConsentLedger ledger;
    private final LedgerPages pages;
    private final ClaimBarrier claims;
    private final TransactionOperations transactions;
    private final Sites sites;
    private final Clock clock;

    ConsentController(
            ConsentStore store,
            ConsentLedger ledger,
            LedgerPages pages,
            ClaimBarrier claims,
            TransactionOperations transactions,
            Sites sites,
            Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.pages = pages;
        this.claims = claims;
        this.transactions = transactions;
        this.sites = sites;
        this.clock = clock;
    }

    @GetMapping("/api/sites/{site}/consents/{contact}")
    @Operation(operationId = "getConsent", summary = "Whether somebody may be texted, and since when")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    ConsentView one(@PathVariable String site, @PathVariable String contact) {
        SiteDocument document = document(site);
        return view(person(document, contact), document);
    }

    @PutMapping("/api/sites/{site}/consents/{contact}")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "`OPTED_OUT`: only the person can undo that")
    @ApiResponse(responseCode = "413", description = "`BODY_TOO_LARGE`: more than 64 kB")
    @Operation(operationId = "putConsent", summary = "Notes a consent or its end, with the evidence")
    @PreAuthorize("hasRole('ADMIN')")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ConsentForm.class)))
    ConsentView change(
            @PathVariable String site,
            @PathVariable String contact,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceParent,
            @AuthenticationPrincipal Jwt token,
            @Parameter(hidden = true) InputStream body)
            throws IOException {
        SiteDocument document = document(site);
        Statement said = ConsentForm.read(body)
                .statement(
                        person(document, contact),
                        document.consentPolicy(),
                        String.valueOf(token.getSubject()),
                        clock.instant(),
                        TraceParent.carriedOrNew(Optional.ofNullable(traceParent)));
        transactions.executeWithoutResult(transaction -> {
            if (ledger.record(List.of(said)).contains(Outcome.NOT_THEIRS_TO_UNDO)) {
                throw new Problem(
                        HttpStatus.CONFLICT,
                        "OPTED_OUT",
                        "The person opted out, and only the person can undo that: by texting START, or by the opt-in"
                                + " form, to which you can send an invitation.");
            }
        });
        return view(said.person(), document);
    }

    @GetMapping("/api/sites/{site}/consents/{contact}/ledger")
    @Operation(operationId = "listConsentLedger", summary = "All that was ever noted about the consent of one number")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    Page ledger(
            @PathVariable String site,
            @PathVariable String contact,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw ConsentForm.invalid("limit must be 1 to " + MOST + ".");
        }
        return pages.newest(person(document(site), contact), cursor, limit);
    }

    /** Whoever reads that a number has opted out can rely on it: nothing is on its way any more. */
    private ConsentView view(Conversation person, SiteDocument site) {
        Consent consent = store.find(person).orElseGet(() -> Consent.unknown(person));
        if (consent.standing() != null && consent.standing().state() == State.OPTED_OUT) {
            claims.untilNothingIsOnItsWay(person);
        }
        return ConsentView.of(consent, site.consentPolicy());
    }

    private SiteDocument document(String site) {
        return sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "There is no site of that name on this installation."));
    }

    /** A number in any form; something else only when it was heard of, as a short code may be. */
    private Conversation person(SiteDocument site, String contact) {
        if (contact.indexOf(0) >= 0) {
            throw notANumber();
        }
        return PhoneNumbers.read(contact, site.region())
                .map(number -> new Conversation(site.site(), number.e164()))
                .or(() -> store.find(new Conversation(site.site(), contact.strip()))
                        .map(Consent::person))
                .orElseThrow(ConsentController::notANumber);
    }

    private static Problem notANumber() {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "INVALID_NUMBER",
                "contact, in the address, is not a phone number; check area code, exchange and line.");
    }
}
