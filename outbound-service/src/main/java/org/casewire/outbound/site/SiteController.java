package org.casewire.outbound.site;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.access.Problem;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.transport.TraceParent;
import org.casewire.outbound.site.SiteChanges.Put;
import org.casewire.outbound.site.WrittenSite.Unreadable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows sites with their settings, and puts them. */
@RestController
@Tag(name = "sites", description = "Sites and their settings")
class SiteController {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final String ALL_SITES = "*";
    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,40}");

    private final SiteStore store;
    private final SiteChanges changes;
    private final Clock clock;

    SiteController(SiteStore store, SiteChanges changes, Clock clock) {
        this.store = store;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping("/api/sites")
    @Operation(operationId = "listSites", summary = "The sites the token may touch")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE', 'OPERATOR')")
    Page<SiteChanged> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit,
            @AuthenticationPrincipal Jwt token) {
        PageRequest wanted = PageRequest.of(limit, cursor);
        List<String> own =
                Optional.ofNullable(token.getClaimAsStringList("sites")).orElse(List.of());
        List<SiteChanged> found = store.newest(own.contains(ALL_SITES) ? null : own, wanted);
        return Page.of(found, wanted, site -> new Cursor(site.updatedAt(), site.site()));
    }

    @GetMapping("/api/sites/{site}")
    @ApiResponse(
            responseCode = "200",
            useReturnTypeSchema = true,
            headers = {
                @Header(
                        required = true,
                        name = "ETag",
                        description = "its version, for If-Match",
                        schema = @Schema(type = "string"))
            })
    @Operation(
            operationId = "getSite",
            summary = "All settings of a site",
            description = "The ETag is what a PUT names in If-Match.")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE', 'OPERATOR')")
    ResponseEntity<SiteChanged> one(@PathVariable String site) {
        SiteChanged found = store.one(site)
                .orElseThrow(
                        () -> new Problem(HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "There is no site '" + site + "'."));
        return ResponseEntity.ok().eTag(tag(found)).body(found);
    }

    @PutMapping("/api/sites/{site}")
    @ApiResponse(
            responseCode = "200",
            useReturnTypeSchema = true,
            description = "Changed",
            headers = {
                @Header(
                        required = true,
                        name = "ETag",
                        description = "its version, for If-Match",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "201",
            useReturnTypeSchema = true,
            description = "Made; only operators make sites",
            headers = {
                @Header(
                        required = true,
                        name = "ETag",
                        description = "its version, for If-Match",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "412", description = "`CHANGED_MEANWHILE`: read the site again and repeat the change")
    @ApiResponse(responseCode = "413", description = "`BODY_TOO_LARGE`: more than 1 MB")
    @Operation(
            operationId = "putSite",
            summary = "Changes the settings of a site, or makes it",
            description =
                    "With If-Match only while nobody else changed them; what is left out, or null, takes its default. What GET answers can be put as it is; another field than a setting is a 400.")
    @PreAuthorize("hasAnyRole('ADMIN', 'OPERATOR')")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SiteDocument.class)))
    ResponseEntity<SiteChanged> put(
            @PathVariable String site,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceParent,
            @AuthenticationPrincipal Jwt token,
            @io.swagger.v3.oas.annotations.Parameter(hidden = true) InputStream body)
            throws IOException {
        SiteDocument document = read(body, site);
        Put put = changes.put(
                document,
                isOperator(token),
                expected(ifMatch),
                TraceParent.carriedOrNew(Optional.ofNullable(traceParent)));
        return ResponseEntity.status(put.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag(tag(put.site()))
                .body(put.site());
    }

    private SiteDocument read(InputStream body, String site) throws IOException {
        if (!SLUG.matcher(site).matches()) {
            throw invalid("site must be 1 to 40 of the characters a to z, 0 to 9 and -");
        }
        byte[] json = body.readNBytes(MAX_BYTES + 1);
        if (json.length > MAX_BYTES) {
            throw new Problem(
                    HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", "A site document has at most 1 MB of JSON.");
        }
        try {
            SiteDocument document = WrittenSite.read(json, site);
            List<String> problems = SiteRules.problems(document, clock.instant());
            if (!problems.isEmpty()) {
                throw invalid(String.join("; ", problems));
            }
            return document;
        } catch (Unreadable unreadable) {
            throw invalid(String.valueOf(unreadable.getMessage()));
        }
    }

    private static boolean isOperator(Jwt token) {
        List<String> roles = token.getClaimAsStringList("roles");
        return roles != null && roles.contains("operator");
    }

    private static String tag(SiteChanged site) {
        return "\"" + site.updatedAt() + "\"";
    }

    private static @Nullable Instant expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        try {
            return Instant.parse(ifMatch.strip().replaceAll("^W/|\"", ""));
        } catch (DateTimeException notOurs) {
            return Instant.MIN;
        }
    }

    private static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail + ".");
    }
}
