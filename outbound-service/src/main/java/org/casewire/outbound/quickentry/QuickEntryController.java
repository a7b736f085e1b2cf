package org.casewire.outbound.quickentry;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.outbound.quickentry.QuickEntries.Cursor;
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
class QuickEntryController {

    private static final int MOST = 500;

    private final QuickEntries entries;
    private final Sites sites;

    QuickEntryController(QuickEntries entries, Sites sites) {
        this.entries = entries;
        this.sites = sites;
    }

    /** What is written of an entry. */
    record QuickEntryText(@Nullable String text) {}

    /** An entry, with the names of the values a request must bring. */
    record QuickEntryView(String name, String text, List<String> placeholders, Instant updatedAt) {

        private static QuickEntryView of(Entry entry) {
            return new QuickEntryView(entry.name(), entry.text(), entry.placeholders(), entry.updatedAt());
        }
    }

    /** A page, newest first. */
    record QuickEntryPage(
            List<QuickEntryView> items, @Nullable String next) {}

    @GetMapping("/api/sites/{site}/quick-entries")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    QuickEntryPage list(
            @PathVariable String site,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        requireSite(site);
        if (limit < 1 || limit > MOST) {
            throw invalid("limit must be 1 to " + MOST);
        }
        List<Entry> found = entries.newest(site, decoded(cursor), limit + 1);
        boolean more = found.size() > limit;
        List<Entry> page = more ? found.subList(0, limit) : found;
        return new QuickEntryPage(
                page.stream().map(QuickEntryView::of).toList(), more ? encoded(page.getLast()) : null);
    }

    @GetMapping("/api/sites/{site}/quick-entries/{name}")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    QuickEntryView one(@PathVariable String site, @PathVariable String name) {
        requireSite(site);
        return QuickEntryView.of(entries.one(new Name(site, name)).orElseThrow(() -> noEntry(name)));
    }

    @PutMapping("/api/sites/{site}/quick-entries/{name}")
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

    private static String encoded(Entry last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.updatedAt() + " " + last.name()).getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Cursor decoded(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String[] place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
            return new Cursor(Instant.parse(place[0]), place.length == 2 ? place[1].replace("\0", "") : "");
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw invalid("cursor cannot be read; take it from the page before");
        }
    }
}
