package org.casewire.outbound.quickentry;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.casewire.events.access.Problem;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.casewire.outbound.quickentry.QuickEntries.Entry;
import org.casewire.outbound.quickentry.QuickEntries.Name;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lists, adds, changes and removes quick entries. */
@RestController
@Tag(name = "quick entries", description = "Prepared words with placeholders")
class QuickEntryController {

    private final QuickEntries entries;
    private final Sites sites;

    QuickEntryController(QuickEntries entries, Sites sites) {
        this.entries = entries;
        this.sites = sites;
    }

    /** What is written of an entry. */
    record QuickEntryText(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String text) {}

    /** An entry, with the names of the values a request must bring. */
    record QuickEntryView(String name, String text, List<String> placeholders, Instant updatedAt) {

        private static QuickEntryView of(Entry entry) {
            return new QuickEntryView(entry.name(), entry.text(), entry.placeholders(), entry.updatedAt());
        }
    }

    @GetMapping("/api/sites/{site}/quick-entries")
    @Operation(operationId = "listQuickEntries", summary = "The prepared words that staff pick from")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    Page<QuickEntryView> list(
            @PathVariable String site,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        requireSite(site);
        PageRequest wanted = PageRequest.of(limit, cursor);
        return Page.of(entries.newest(site, wanted), wanted, entry -> new Cursor(entry.updatedAt(), entry.name()))
                .map(QuickEntryView::of);
    }

    @GetMapping("/api/sites/{site}/quick-entries/{name}")
    @Operation(operationId = "getQuickEntry", summary = "One prepared text, with the placeholders a request must fill")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    QuickEntryView one(@PathVariable String site, @PathVariable String name) {
        requireSite(site);
        return QuickEntryView.of(entries.one(new Name(site, name)).orElseThrow(() -> noEntry(name)));
    }

    @PutMapping("/api/sites/{site}/quick-entries/{name}")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "Changed")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true, description = "Made")
    @Operation(operationId = "putQuickEntry", summary = "Writes a prepared text, new or changed")
    @PreAuthorize("hasRole('ADMIN')")
    ResponseEntity<QuickEntryView> put(
            @PathVariable String site, @PathVariable String name, @RequestBody QuickEntryText written) {
        requireSite(site);
        if (written.text() == null) {
            throw invalid("text is missing: what the entry is to say");
        }
        boolean isNew = put(new Name(site, name), written.text());
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(one(site, name));
    }

    private boolean put(Name name, String text) {
        try {
            return entries.put(name, text);
        } catch (IllegalArgumentException refused) {
            throw invalid(String.valueOf(refused.getMessage()));
        }
    }

    @DeleteMapping("/api/sites/{site}/quick-entries/{name}")
    @Operation(operationId = "deleteQuickEntry", summary = "Removes a prepared text")
    @PreAuthorize("hasRole('ADMIN')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String site, @PathVariable String name) {
        requireSite(site);
        if (!entries.delete(new Name(site, name))) {
            throw noEntry(name);
        }
    }

    private void requireSite(String site) {
        if (sites.find(site).isEmpty()) {
            throw new Problem(HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "There is no site '" + site + "'.");
        }
    }

    private static Problem noEntry(String name) {
        return Problem.notFound("This site has no quick entry '" + name + "'.");
    }

    private static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail + ".");
    }
}
