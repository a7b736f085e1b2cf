package org.casewire.routing.conversation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;
import org.casewire.events.SiteDocument;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.casewire.routing.conversation.Conversations.Summary;
import org.casewire.routing.entry.Entry;
import org.casewire.routing.entry.Log;
import org.casewire.routing.list.Parameters;
import org.casewire.routing.people.Consents;
import org.casewire.routing.people.UserProfiles;
import org.casewire.routing.people.UserProfiles.Colleague;
import org.casewire.routing.reply.ReceivedFilter;
import org.casewire.routing.sent.SentFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Conversations by number. */
@RestController
@PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
@Tag(name = "conversations", description = "Everybody a site texts with, and what was said")
class ConversationController {

    private final Conversations conversations;
    private final ConversationCases cases;
    private final Log log;
    private final LastTexts lastTexts;
    private final UserProfiles users;
    private final Consents consents;
    private final Sites sites;

    ConversationController(
            Conversations conversations,
            ConversationCases cases,
            Log log,
            LastTexts lastTexts,
            UserProfiles users,
            Consents consents,
            Sites sites) {
        this.conversations = conversations;
        this.cases = cases;
        this.log = log;
        this.lastTexts = lastTexts;
        this.users = users;
        this.consents = consents;
        this.sites = sites;
    }

    /**
     * A conversation in the list.
     *
     * @param colleague the person, where it is one of the site's own
     * @param sent how many texts, and {@code received} how many
     * @param last the text that was written last
     */
    record Item(
            String contact,
            @Nullable Colleague colleague,
            Consents.Standing consent,
            long sent,
            long received,
            Instant lastAt,
            @Nullable Entry last) {}

    /** A conversation with its texts, the newest first. */
    record Whole(
            String contact,
            @Nullable Colleague colleague,
            Consents.Standing consent,
            List<CaseRef> cases,
            long sent,
            long received,
            @JsonUnwrapped Page<Entry> texts) {}

    @GetMapping("/api/sites/{site}/conversations")
    @Operation(
            operationId = "listConversations",
            summary = "Everybody the site texts with, the latest first, with the last text",
            description = "A new text stands here a moment after it was filed.")
    Page<Item> conversations(
            @PathVariable String site,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        SiteDocument document = Parameters.site(sites, site);
        Page<Summary> found = Page.of(
                conversations.page(site, page),
                page,
                one -> new Cursor(one.lastAt(), one.person().contact()));
        List<String> contacts =
                found.items().stream().map(one -> one.person().contact()).toList();
        Map<String, Entry> last = lastTexts.of(site, found.items());
        Map<String, Colleague> colleagues = users.holding(site, contacts);
        Map<String, Consents.Standing> standings = consents.of(document, contacts);
        return found.map(one -> new Item(
                one.person().contact(),
                colleagues.get(one.person().contact()),
                standings.getOrDefault(one.person().contact(), Consents.Standing.UNKNOWN),
                one.sent(),
                one.received(),
                one.lastAt(),
                last.get(one.person().contact())));
    }

    @GetMapping("/api/sites/{site}/conversations/{contact}")
    @Operation(
            operationId = "getConversation",
            summary = "What was said with one number, both ways, the newest first",
            description = "With the state of its consent and its cases: those that texted it last first, "
                    + ConversationCases.SHOWN + " at most. A number nobody texted with has no items.")
    Whole conversation(
            @PathVariable String site,
            @Parameter(description = "E.164 (+ as %2B), national form or a short code") @PathVariable String contact,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        SiteDocument document = Parameters.site(sites, site);
        String number = Parameters.contact(document, contact);
        Conversation person = new Conversation(site, number);
        Optional<Summary> summary = conversations.find(person);
        return new Whole(
                number,
                users.holding(site, List.of(number)).get(number),
                consents.of(document, List.of(number)).getOrDefault(number, Consents.Standing.UNKNOWN),
                cases.of(person),
                summary.map(Summary::sent).orElse(0L),
                summary.map(Summary::received).orElse(0L),
                log.page(
                        new Log.Wanted(
                                site, SentFilter.ofContact(site, number), ReceivedFilter.ofContact(site, number)),
                        page));
    }
}
