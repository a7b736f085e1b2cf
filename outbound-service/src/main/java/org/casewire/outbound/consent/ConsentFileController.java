package org.casewire.outbound.consent;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.TraceParent;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Consents as files: in from elsewhere, out as evidence. */
@RestController
@Tag(name = "consents", description = "Who may be texted, since when, and how that is known")
class ConsentFileController {

    private final ConsentImport imports;
    private final LedgerPages ledger;
    private final Sites sites;

    ConsentFileController(ConsentImport imports, LedgerPages ledger, Sites sites) {
        this.imports = imports;
        this.ledger = ledger;
        this.sites = sites;
    }

    @PostMapping(
            path = "/api/sites/{site}/consents/import",
            consumes = {"text/*", "application/csv", MediaType.APPLICATION_OCTET_STREAM_VALUE})
    @Operation(
            operationId = "importConsents",
            summary = "Takes consents over from a file of comma-separated values",
            description =
                    "Each line is judged by itself, and the report names those that were not taken. With dryRun nothing is changed.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            description = "The file as it is, or a form with it; columns as in docs/consent.md",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(
                        mediaType = "multipart/form-data",
                        schemaProperties =
                                @SchemaProperty(name = "file", schema = @Schema(type = "string", format = "binary")))
            })
    @PreAuthorize("hasRole('ADMIN')")
    ConsentImport.Report take(
            @PathVariable String site,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceParent,
            @AuthenticationPrincipal Jwt token,
            @Parameter(hidden = true) InputStream body)
            throws IOException {
        return imports.take(
                body,
                document(site),
                String.valueOf(token.getSubject()),
                TraceParent.carriedOrNew(Optional.ofNullable(traceParent)),
                dryRun);
    }

    @PostMapping(path = "/api/sites/{site}/consents/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(hidden = true)
    @PreAuthorize("hasRole('ADMIN')")
    ConsentImport.Report takeFile(
            @PathVariable String site,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceParent,
            @AuthenticationPrincipal Jwt token,
            @Parameter(hidden = true) MultipartHttpServletRequest form)
            throws IOException {
        MultipartFile file = form.getFileMap().values().stream()
                .findFirst()
                .orElseThrow(() -> ConsentForm.invalid("The form holds no file."));
        try (InputStream body = file.getInputStream()) {
            return take(site, dryRun, traceParent, token, body);
        }
    }

    /** Written as it is read, so that a large ledger takes no more memory than a small one. */
    @GetMapping(path = "/api/sites/{site}/consents.csv", produces = "text/csv;charset=UTF-8")
    @Operation(
            operationId = "exportConsents",
            summary = "The whole ledger of consents, with its evidence, as comma-separated values")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    void export(@PathVariable String site, HttpServletResponse response) throws IOException {
        document(site);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"consents-" + site + ".csv\"");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        ConsentCsv.write(response.getOutputStream(), ledger, site);
    }

    private SiteDocument document(String site) {
        return sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "There is no site of that name on this installation."));
    }
}
