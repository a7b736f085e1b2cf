package org.casewire.routing.messagelog;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.casewire.events.CaseRef;
import org.casewire.events.SiteDocument;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.casewire.routing.entry.Entry;
import org.casewire.routing.entry.Log;
import org.casewire.routing.list.Parameters;
import org.casewire.routing.list.Period;
import org.casewire.routing.reply.ReceivedFilter;
import org.casewire.routing.reply.ReceivedLog;
import org.casewire.routing.reply.StateFilter;
import org.casewire.routing.search.TextQuery;
import org.casewire.routing.search.Unindexed.Direction;
import org.casewire.routing.sent.MessageStatus;
import org.casewire.routing.sent.SentFilter;
import org.casewire.routing.sent.SentTexts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** All texts of a site: sent, received, failed. */
@RestController
@PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
@Tag(name = "messages log", description = "All texts of a site, sent and received")
class MessageLogController {

    private static final String PATH = "/api/sites/{site}/messages-log";
    private static final String CSV = "text/csv";
    private static final int ROWS_AT_ONCE = 500;

    private static final String DIRECTION = "SENT or RECEIVED; both when left out";
    private static final String STATUS = "statuses of sent texts, separated by commas";
    private static final String TEXT = "words that stand in the text; the last one may be unfinished";
    private static final String CONTACT = "the person at the other end: E.164, national form or a short code";
    private static final String CASE = "CASE|16E-20010101";
    private static final String FROM = "at or after: a time, or a day in the site's zone";
    private static final String UNTIL = "before: a time, or to the end of a day in the site's zone";

    private final Log log;
    private final SentTexts sent;
    private final ReceivedLog received;
    private final Sites sites;

    MessageLogController(Log log, SentTexts sent, ReceivedLog received, Sites sites) {
        this.log = log;
        this.sent = sent;
        this.received = received;
        this.sites = sites;
    }

    /** Part of the log, with how much there is of what was asked for. */
    record Messages(@JsonUnwrapped Page<Entry> page, Totals totals) {}

    @GetMapping(PATH)
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Messages.class)),
                @Content(
                        mediaType = CSV,
                        schema = @Schema(type = "string", description = "all of it, whatever limit and cursor say"))
            })
    @Operation(
            operationId = "listMessagesLog",
            summary = "Sent and received texts of a site, newest first; as a spreadsheet with Accept: text/csv",
            description = "A status is one of a sent text, so received ones are left out when it is asked for."
                    + " totals count up to " + SentTexts.COUNTED + " of each (" + SentTexts.COUNTED_FOUND
                    + " when text is asked for); capped says that there are more.")
    Messages messages(
            @PathVariable String site,
            @Parameter(description = DIRECTION) @RequestParam(required = false) @Nullable Direction direction,
            @Parameter(description = STATUS) @RequestParam(required = false) @Nullable List<MessageStatus> status,
            @Parameter(description = TEXT) @RequestParam(required = false) @Nullable String text,
            @Parameter(description = CONTACT) @RequestParam(required = false) @Nullable String contact,
            @Parameter(description = CASE) @RequestParam(name = "case", required = false) @Nullable String caseRef,
            @Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
            @Parameter(description = UNTIL) @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest page = PageRequest.of(limit, cursor);
        SiteDocument document = Parameters.site(sites, site);
        Log.Wanted wanted = wanted(
                document,
                direction,
                status,
                new About(text, contact, caseRef),
                Parameters.period(document, from, until));
        return new Messages(log.page(wanted, page), totals(wanted));
    }

    /** What texts are about. */
    private record About(
            @Nullable String text,
            @Nullable String contact,
            @Nullable String caseRef) {}

    private static Log.Wanted wanted(
            SiteDocument document,
            @Nullable Direction direction,
            @Nullable List<MessageStatus> status,
            About about,
            Period period) {
        String site = document.site();
        String contact = Parameters.contactOrNull(document, about.contact());
        CaseRef caseRef = Parameters.caseOrNull(about.caseRef());
        TextQuery text = TextQuery.of(about.text());
        List<MessageStatus> statuses = status == null ? List.of() : status;
        return new Log.Wanted(
                site,
                direction == Direction.RECEIVED ? null : new SentFilter(site, statuses, contact, caseRef, text, period),
                direction == Direction.SENT || !statuses.isEmpty()
                        ? null
                        : new ReceivedFilter(site, StateFilter.ALL, contact, caseRef, text, period));
    }

    private Totals totals(Log.Wanted wanted) {
        SentFilter ofSent = wanted.sent();
        ReceivedFilter ofReceived = wanted.received();
        return Totals.of(
                ofSent == null ? Totals.NOTHING_SENT : sent.totals(ofSent),
                ofReceived == null ? Totals.NOTHING_RECEIVED : received.totals(ofReceived));
    }

    @GetMapping(path = PATH, produces = CSV)
    @Operation(hidden = true)
    void export(
            @PathVariable String site,
            @Parameter(description = DIRECTION) @RequestParam(required = false) @Nullable Direction direction,
            @Parameter(description = STATUS) @RequestParam(required = false) @Nullable List<MessageStatus> status,
            @Parameter(description = TEXT) @RequestParam(required = false) @Nullable String text,
            @Parameter(description = CONTACT) @RequestParam(required = false) @Nullable String contact,
            @Parameter(description = CASE) @RequestParam(name = "case", required = false) @Nullable String caseRef,
            @Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
            @Parameter(description = UNTIL) @RequestParam(required = false) @Nullable String until,
            HttpServletResponse response)
            throws IOException {
        SiteDocument document = Parameters.site(sites, site);
        Log.Wanted wanted = wanted(
                document,
                direction,
                status,
                new About(text, contact, caseRef),
                Parameters.period(document, from, until));
        response.setContentType(CSV + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"messages-" + site + ".csv\"");
        Writer out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        Csv.header(out);
        write(wanted, out);
        out.flush();
    }

    /** Page after page: a million texts are never held at once, and no transaction stays open while they are read. */
    private void write(Log.Wanted wanted, Writer out) throws IOException {
        Cursor place = Cursor.NEWEST;
        List<Entry> rows = log.after(wanted, place, ROWS_AT_ONCE);
        while (!rows.isEmpty()) {
            for (Entry row : rows) {
                Csv.row(out, row);
            }
            place = rows.getLast().place();
            rows = rows.size() < ROWS_AT_ONCE ? List.of() : log.after(wanted, place, ROWS_AT_ONCE);
        }
    }
}
