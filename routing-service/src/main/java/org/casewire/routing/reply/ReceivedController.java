package org.casewire.routing.reply;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.CaseRef;
import org.casewire.events.SiteDocument;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.TraceParent;
import org.casewire.routing.document.ReceivedFile;
import org.casewire.routing.list.Parameters;
import org.casewire.routing.matching.Candidate;
import org.casewire.routing.matching.Candidates;
import org.casewire.routing.search.TextQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The received log of a site, and how a person moves what stands in it. */
@RestController
@Tag(name = "received", description = "Received texts, where they were filed and why, and how to move them")
class ReceivedController {

    private final ReceivedLog log;
    private final Replies replies;
    private final Moves moves;
    private final Files files;
    private final Assigning assigning;
    private final Sites sites;

    ReceivedController(ReceivedLog log, Replies replies, Moves moves, Files files, Assigning assigning, Sites sites) {
        this.log = log;
        this.replies = replies;
        this.moves = moves;
        this.files = files;
        this.assigning = assigning;
        this.sites = sites;
    }

    /** Part of the log, with how much there is of each state. */
    record Received(@JsonUnwrapped Page<ReceivedItem> page, ReceivedLog.Totals totals) {}

    /**
     * One text with what came into question for it and every move it made.
     *
     * @param candidates the best of them; {@code candidateCount} says how many there were
     */
    record Detail(
            @JsonUnwrapped ReceivedItem text,
            List<Candidate> candidates,
            int candidateCount,
            int version,
            List<Moves.Told> moves) {}

    /** What a person decides, for the description: exactly one of them is given. */
    record Assignment(
            @ArraySchema(minItems = 1, maxItems = 100)
            @Schema(description = "the cases it belongs to, 1 to 100")
            @Nullable
            List<CaseRef> cases,

            @Schema(description = "a contact of the upstream's") @Nullable
            String contactId,

            @Schema(description = "a user who is to see to it") @Nullable
            String userId) {}

    @GetMapping("/api/sites/{site}/received")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    @Operation(
            operationId = "listReceived",
            summary = "The received log, newest first; UNASSIGNED is what a person must file",
            description = "totals count what the other filters leave, whatever the state, up to " + ReceivedLog.COUNTED
                    + "; capped says that there are more.")
    Received received(
            @PathVariable String site,
            @RequestParam(defaultValue = "ALL") StateFilter state,
            @Parameter(description = "who wrote: E.164, national form or a short code")
                    @RequestParam(required = false)
                    @Nullable
                    String contact,
            @Parameter(description = "CASE|16E-20010101") @RequestParam(name = "case", required = false) @Nullable
                    String caseRef,
            @Parameter(description = "words that stand in the text; the last one may be unfinished")
                    @RequestParam(required = false)
                    @Nullable
                    String text,
            @Parameter(description = "received at or after: a time, or a day in the site's zone")
                    @RequestParam(required = false)
                    @Nullable
                    String from,
            @Parameter(description = "received before: a time, or to the end of a day in the site's zone")
                    @RequestParam(required = false)
                    @Nullable
                    String until,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        SiteDocument document = Parameters.site(sites, site);
        ReceivedFilter filter = new ReceivedFilter(
                site,
                state,
                Parameters.contactOrNull(document, contact),
                Parameters.caseOrNull(caseRef),
                TextQuery.of(text),
                Parameters.period(document, from, until));
        Page<Reply> found = Page.of(log.page(filter, page), page, ReceivedController::place);
        Map<String, List<ReceivedFile>> media = files.of(site, found.items());
        return new Received(
                found.map(reply ->
                        ReceivedItem.of(reply, media.getOrDefault(reply.text().sid(), List.of()))),
                log.totals(filter));
    }

    private static Cursor place(Reply reply) {
        return new Cursor(reply.text().receivedAt(), reply.text().sid());
    }

    @GetMapping("/api/sites/{site}/received/{sid}")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
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
            operationId = "getReceived",
            summary = "One received text: where it stands, why, what else came into question, and every move",
            description = "The ETag may be sent as If-Match with an assignment.")
    ResponseEntity<Detail> one(@PathVariable String site, @PathVariable String sid) {
        Parameters.site(sites, site);
        return detail(new Replies.Key(site, sid));
    }

    @PostMapping("/api/sites/{site}/received/{sid}/assignment")
    @PreAuthorize("hasRole('STAFF')")
    @ApiResponse(
            responseCode = "200",
            useReturnTypeSchema = true,
            description = "Filed there, now or before",
            headers = {
                @Header(
                        required = true,
                        name = "ETag",
                        description = "its version, for If-Match",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "412", description = "`CHANGED_MEANWHILE`: somebody else moved it; read it again")
    @Operation(
            operationId = "assignReceived",
            summary = "Files a received text where a person says it belongs, or moves it",
            description =
                    "Exactly one of cases, contactId and userId. With If-Match, the ETag of the text, the later of"
                            + " two who decide at once gets 412. The same again changes nothing.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Assignment.class)))
    ResponseEntity<Detail> assign(
            @PathVariable String site,
            @PathVariable String sid,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceParent,
            @AuthenticationPrincipal Jwt token,
            @RequestBody JsonNode body) {
        Parameters.site(sites, site);
        Replies.Key key = new Replies.Key(site, sid);
        assigning.assign(
                key,
                WrittenAssignment.read(body),
                Version.of(ifMatch),
                new Assigning.Says(
                        String.valueOf(token.getSubject()),
                        TraceParent.carriedOrNew(Optional.ofNullable(traceParent))));
        return detail(key);
    }

    private ResponseEntity<Detail> detail(Replies.Key key) {
        Reply reply = replies.find(key).orElseThrow(() -> Assigning.noText(key.sid()));
        List<ReceivedFile> media = files.of(key.site(), List.of(reply)).getOrDefault(key.sid(), List.of());
        Candidates candidates = replies.candidates(key.site(), key.sid()).orElse(Candidates.NONE);
        return ResponseEntity.ok()
                .eTag(Version.tagOf(reply))
                .body(new Detail(
                        ReceivedItem.of(reply, media),
                        candidates.best(),
                        candidates.total(),
                        reply.moved().version(),
                        moves.of(key.site(), key.sid())));
    }
}
