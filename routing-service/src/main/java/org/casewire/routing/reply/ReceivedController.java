package org.casewire.routing.reply;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.Matching;
import org.casewire.events.access.Problem;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.casewire.routing.matching.Rule;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The received log of a site. */
@RestController
@Tag(name = "received", description = "Received texts and where they were filed")
class ReceivedController {

    private final Replies replies;
    private final Sites sites;

    ReceivedController(Replies replies, Sites sites) {
        this.replies = replies;
        this.sites = sites;
    }

    /** A received text as it stands in the log. */
    record Item(
            String sid,
            String contact,
            String to,
            String body,
            List<Media> media,
            Instant receivedAt,
            boolean recovered,
            Reply.State state,
            List<CaseRef> cases,
            Matching strategy,
            Rule rule,
            List<String> explanation) {

        static Item of(Reply reply) {
            return new Item(
                    reply.text().sid(),
                    reply.text().conversation().contact(),
                    reply.text().to(),
                    reply.text().body(),
                    reply.text().media(),
                    reply.text().receivedAt(),
                    reply.text().recovered(),
                    reply.state(),
                    reply.filing().cases(),
                    reply.strategy(),
                    reply.filing().rule(),
                    reply.filing().explanation());
        }
    }

    @GetMapping("/api/sites/{site}/received")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    @Operation(summary = "The received log, newest first; UNASSIGNED is what a person must file")
    Page<Item> received(
            @PathVariable String site,
            @RequestParam(defaultValue = "ALL") StateFilter state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "No site is called '" + site + "'. Check the address."));
        return Page.of(replies.ofSite(site, state, page), page, ReceivedController::place)
                .map(Item::of);
    }

    private static Cursor place(Reply reply) {
        return new Cursor(reply.text().receivedAt(), reply.text().sid());
    }
}
