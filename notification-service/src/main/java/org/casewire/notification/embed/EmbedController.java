package org.casewire.notification.embed;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.notification.embed.EmbedTokens.Minted;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives an application what it needs to show a user's alerts within its own pages. */
@RestController
@Tag(name = "alerts", description = "Texts that came in on somebody's cases")
class EmbedController {

    private static final Pattern USER = Pattern.compile("[^/|\\p{Cntrl}]{1,100}");

    private final EmbedTokens tokens;
    private final EmbedOrigins origins;
    private final Sites sites;

    EmbedController(EmbedTokens tokens, EmbedOrigins origins, Sites sites) {
        this.tokens = tokens;
        this.origins = origins;
        this.sites = sites;
    }

    /** @param origins whose pages may show the alerts with it */
    record EmbedToken(String token, Instant expiresAt, List<String> origins) {}

    @PostMapping("/api/sites/{site}/users/{user}/embed-token")
    @PreAuthorize("hasAnyRole('ADMIN', 'SERVICE') or hasRole('STAFF') and #user == authentication.name")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "403",
            description =
                    "`FORBIDDEN`, or `ORIGIN_NOT_LISTED`: the asking page is of an origin that the site does not list")
    @Operation(
            operationId = "createEmbedToken",
            summary = "A token that shows a user's alerts in a foreign page",
            description = "Good for 15 minutes and for that user's alerts only, in pages of the site's embedOrigins.")
    ResponseEntity<EmbedToken> mint(@PathVariable String site, @PathVariable String user, HttpServletRequest request) {
        if (sites.find(site).isEmpty()) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "UNKNOWN_SITE",
                    "There is no site of that name; ask the operator for its name.");
        }
        if (!USER.matcher(user).matches()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", "user must be a user's id.");
        }
        if (!origins.mayAsk(request, site)) {
            throw EmbedSecurity.notListed();
        }
        Minted minted = tokens.mint(site, user);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new EmbedToken(minted.token(), minted.expiresAt(), origins.listedBy(site)));
    }
}
