package org.casewire.routing.caselog;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.casewire.events.CaseRef;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.casewire.routing.entry.Entry;
import org.casewire.routing.entry.Log;
import org.casewire.routing.list.Parameters;
import org.casewire.routing.reply.ReceivedFilter;
import org.casewire.routing.sent.SentFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The SMS log of one case. */
@RestController
@Tag(name = "cases", description = "The texts of a case")
class CaseLogController {

    private final Log log;
    private final Sites sites;

    CaseLogController(Log log, Sites sites) {
        this.log = log;
        this.sites = sites;
    }

    @GetMapping("/api/sites/{site}/cases/{kind}/{id}/messages")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    @Operation(
            operationId = "listCaseMessages",
            summary = "What was sent from a case and received on it, newest first",
            description = "A received text that stands on several cases shows on each of them. A case nobody told of"
                    + " has an empty log.")
    Page<Entry> messages(
            @PathVariable String site,
            @PathVariable CaseRef.Kind kind,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        CaseRef ref = ref(kind, id);
        Parameters.site(sites, site);
        return log.page(new Log.Wanted(site, SentFilter.ofCase(site, ref), ReceivedFilter.ofCase(site, ref)), page);
    }

    private static CaseRef ref(CaseRef.Kind kind, String id) {
        try {
            return new CaseRef(kind, id);
        } catch (IllegalArgumentException bad) {
            throw Parameters.invalid(bad.getMessage() + ".");
        }
    }
}
