package org.casewire.routing.caselog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.casewire.events.CaseRef;
import org.casewire.events.access.Problem;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.casewire.routing.list.Period;
import org.casewire.routing.reply.ReceivedFilter;
import org.casewire.routing.reply.ReceivedLog;
import org.casewire.routing.reply.StateFilter;
import org.casewire.routing.sent.SentMessages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The SMS log of one case. */
@RestController
@Tag(name = "cases", description = "The texts of a case")
class CaseLogController {

    private static final Comparator<CaseLogItem> NEWEST_FIRST = Comparator.comparing(
                    CaseLogItem::place, Comparator.comparing(Cursor::at).thenComparing(Cursor::ref))
            .reversed();

    private final SentMessages sent;
    private final ReceivedLog received;
    private final Sites sites;

    CaseLogController(SentMessages sent, ReceivedLog received, Sites sites) {
        this.sent = sent;
        this.received = received;
        this.sites = sites;
    }

    @GetMapping("/api/sites/{site}/cases/{kind}/{id}/messages")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    @Operation(summary = "What was sent from a case and received on it, newest first")
    Page<CaseLogItem> messages(
            @PathVariable String site,
            @PathVariable CaseRef.Kind kind,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        CaseRef ref = ref(kind, id);
        sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "No site is called '" + site + "'. Check the address."));
        List<CaseLogItem> found = Stream.concat(
                        sent.ofCase(site, ref, page).stream().map(CaseLogItem::of),
                        received
                                .page(new ReceivedFilter(site, StateFilter.ALL, null, ref, Period.ALWAYS), page)
                                .stream()
                                .map(CaseLogItem::of))
                .sorted(NEWEST_FIRST)
                .toList();
        return Page.of(found, page, CaseLogItem::place);
    }

    private static CaseRef ref(CaseRef.Kind kind, String id) {
        try {
            return new CaseRef(kind, id);
        } catch (IllegalArgumentException bad) {
            throw new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", bad.getMessage() + ".");
        }
    }
}
