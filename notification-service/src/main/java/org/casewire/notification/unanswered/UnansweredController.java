package org.casewire.notification.unanswered;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The unanswered clock over HTTP. Staff look at their own, admins at anybody's. */
@RestController
@Tag(name = "unanswered", description = "Clients who wait for an answer")
class UnansweredController {

    private static final String EXAMPLE = """
            {"items": [{"site": "demo", "contact": "+14045387319",
              "cases": [{"caseRef": {"kind": "CASE", "id": "16E-20010101"},
                         "title": "Eviction defence", "clientName": "Ana Reyes"}],
              "since": "2026-03-06T21:45:00Z", "workingTime": "PT2H15M", "texts": 2,
              "latest": {"sid": "SM1f0e8d6c4b2a09876543210fedcba987", "preview": "Did you get my letter?",
                         "receivedAt": "2026-03-06T22:10:00Z"}}],
             "next": null}
            """;

    private final UnansweredClients clients;
    private final Sites sites;

    UnansweredController(UnansweredClients clients, Sites sites) {
        this.clients = clients;
        this.sites = sites;
    }

    @GetMapping("/api/sites/{site}/users/{user}/unanswered")
    @PreAuthorize("hasRole('ADMIN') or hasRole('STAFF') and #user == authentication.name")
    @Operation(
            operationId = "listUnanswered",
            summary = "Clients on a user's cases who wait for an answer",
            description = "Who began to wait last stands first; workingTime is how much of the site's working hours"
                    + " has passed since.")
    @ApiResponse(
            responseCode = "200",
            useReturnTypeSchema = true,
            content = @Content(mediaType = "application/json", examples = @ExampleObject(EXAMPLE)))
    Page<UnansweredClient> list(
            @PathVariable String site,
            @PathVariable String user,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        SiteDocument known = sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_SITE",
                        "There is no site of that name; ask the operator for its name."));
        PageRequest wanted = PageRequest.of(limit, cursor);
        List<UnansweredClient> found = clients.page(known, user, wanted);
        return Page.of(found, wanted, UnansweredClients::place);
    }
}
