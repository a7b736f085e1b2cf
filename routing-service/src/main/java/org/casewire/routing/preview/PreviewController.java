package org.casewire.routing.preview;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import org.casewire.events.Matching;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tries a matching strategy on past replies before the site switches to it. */
@RestController
@Tag(name = "matching", description = "How received texts find their case")
class PreviewController {

    private static final int LONGEST = 366;

    private final Previews previews;
    private final Sites sites;
    private final Clock clock;

    PreviewController(Previews previews, Sites sites, Clock clock) {
        this.previews = previews;
        this.sites = sites;
        this.clock = clock;
    }

    @GetMapping("/api/sites/{site}/matching/preview")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    @Operation(
            operationId = "previewMatching",
            summary = "What a strategy would have done with the replies of the last days",
            description = "Held against what matching did when each reply was filed, with the facts and phone fields of"
                    + " that moment; where people moved replies since, that is counted apart.")
    Preview preview(
            @PathVariable String site,
            @RequestParam Matching strategy,
            @RequestParam(defaultValue = "30") @Parameter(description = "Replies received in so many days, 1 to 366")
                    int days) {
        SiteDocument document = sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "No site is called '" + site + "'. Check the address."));
        if (days < 1 || days > LONGEST) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "INVALID_REQUEST", "days must be a number from 1 to " + LONGEST + ".");
        }
        return previews.of(document, strategy, days, clock.instant());
    }
}
