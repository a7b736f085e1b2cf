package org.casewire.outbound.message;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.casewire.events.CaseRef;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.Purpose;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.TraceParent;
import org.casewire.outbound.message.MessageViews.Detail;
import org.casewire.outbound.message.MessageViews.Filter;
import org.casewire.outbound.message.MessageViews.Overview;
import org.casewire.outbound.message.MessageViews.PartView;
import org.casewire.outbound.message.MessageViews.Said;
import org.casewire.outbound.message.MessageViews.Waits;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows messages: what is queued, scheduled, sent, and how each came to where it stands. */
@RestController
@Tag(name = "messages", description = "Texts that are sent: asked for, looked at, called off")
@PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
class MessageController {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final RetryTemplate retry = new RetryTemplate(RetryPolicy.builder()
            .includes(PessimisticLockingFailureException.class)
            .maxRetries(5)
            .delay(Duration.ofMillis(20))
            .build());

    private final MessageViews messages;
    private final Cancellations cancellations;
    private final Sites sites;
    private final Clock clock;

    MessageController(MessageViews messages, Cancellations cancellations, Sites sites, Clock clock) {
        this.messages = messages;
        this.cancellations = cancellations;
        this.sites = sites;
        this.clock = clock;
    }

    /** A message with its parts and everything that moved them. */
    record Whole(@JsonUnwrapped Overview message, @Nullable Waits waits, List<PartView> parts, List<Said> history) {}

    @GetMapping("/api/sites/{site}/messages")
    @Operation(operationId = "listMessages", summary = "The texts of a site and where they stand, newest first")
    Page<Overview> list(
            @PathVariable String site,
            @Parameter(description = "statuses, separated by commas") @RequestParam(required = false) @Nullable
                    String status,
            @Parameter(description = "the recipient: E.164 (+ as %2B) or the national form")
                    @RequestParam(required = false)
                    @Nullable
                    String to,
            @Parameter(description = "CASE|16E-20010101") @RequestParam(name = "case", required = false) @Nullable
                    String caseRef,
            @RequestParam(required = false) @Nullable String purpose,
            @Parameter(description = "asked for at or after: a time, or a day in the site's zone")
                    @RequestParam(required = false)
                    @Nullable
                    String from,
            @Parameter(description = "asked for before: a time, or to the end of a day in the site's zone")
                    @RequestParam(required = false)
                    @Nullable
                    String until,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        PageRequest wanted = PageRequest.of(limit, cursor);
        Filter filter = new Filter(
                read("status", status, MessageStatus.values(), MessageController::statuses),
                read("to", to, "a phone number", written -> contact(site, written)),
                read("case", caseRef, "like CASE|16E-20010101", MessageController::caseRef),
                read(
                        "purpose",
                        purpose,
                        Purpose.values(),
                        written -> Purpose.valueOf(written).name()),
                moment(site, "from", from, 0),
                moment(site, "until", until, 1));
        return Page.of(
                messages.newest(site, filter, wanted),
                wanted,
                last -> new Cursor(last.createdAt(), last.messageId().toString()));
    }

    @GetMapping("/api/sites/{site}/messages/{id}")
    @Operation(operationId = "getMessage", summary = "One text: its parts, why it waits, and all that happened to it")
    Whole one(@PathVariable String site, @PathVariable UUID id) {
        Detail found = messages.one(site, id).orElseThrow(() -> noMessage(id));
        return new Whole(found.message(), WaitReason.of(found), found.parts(), found.history());
    }

    /** What is left of a message that was called off. */
    record Gone(UUID messageId, MessageStatus status) {}

    @DeleteMapping("/api/sites/{site}/messages/{id}")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "Called off, now or before")
    @ApiResponse(responseCode = "409", description = "`ALREADY_LEFT` or `ALREADY_ENDED`: too late")
    @Operation(operationId = "cancelMessage", summary = "Calls off a text that has not left")
    Gone cancel(
            @PathVariable String site,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String reason,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceParent,
            @AuthenticationPrincipal Jwt token) {
        Cancel cancel = new Cancel(
                new MessageKey(site, id),
                null,
                token.getSubject(),
                reason,
                clock.instant(),
                TraceParent.carriedOrNew(Optional.ofNullable(traceParent)));
        return switch (cancelled(cancel).orElseThrow(() -> noMessage(id))) {
            case NOW, BEFORE -> new Gone(id, MessageStatus.CANCELLED);
            case ALREADY_LEFT ->
                throw new Problem(
                        HttpStatus.CONFLICT,
                        "ALREADY_LEFT",
                        "The message is on its way already and cannot be called back; see its status.");
            case ALREADY_ENDED ->
                throw new Problem(
                        HttpStatus.CONFLICT, "ALREADY_ENDED", "The message has ended already; see its status.");
        };
    }

    /** A claim and a cancellation can each hold what the other wants; the database then lets one of them begin anew. */
    private Optional<Message.Cancelled> cancelled(Cancel cancel) {
        try {
            return Objects.requireNonNull(retry.execute(() -> cancellations.cancel(cancel)));
        } catch (RetryException stuck) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE, "BUSY", "The message could not be locked. Cancel it once more.");
        }
    }

    private static Problem noMessage(UUID id) {
        return Problem.notFound("There is no message " + id + ".");
    }

    private static <T> @Nullable T read(
            String parameter, @Nullable String written, Object[] values, Function<String, T> reading) {
        return read(parameter, written, "among " + Arrays.toString(values), reading);
    }

    private static <T> @Nullable T read(
            String parameter, @Nullable String written, String wanted, Function<String, T> reading) {
        if (written == null) {
            return null;
        }
        try {
            return reading.apply(written);
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw invalid(parameter, "must be " + wanted);
        }
    }

    /** A day is meant whole, in the site's zone. */
    private @Nullable Instant moment(String site, String parameter, @Nullable String written, int daysAfter) {
        return read(
                parameter,
                written,
                "a time with its zone like 2026-03-01T09:00:00Z, or a day like 2026-03-01",
                given -> calendar(
                        DAY.matcher(given).matches()
                                ? LocalDate.parse(given)
                                        .plusDays(daysAfter)
                                        .atStartOfDay(zone(site))
                                        .toInstant()
                                : OffsetDateTime.parse(given).toInstant()));
    }

    private ZoneId zone(String site) {
        return sites.find(site).map(SiteDocument::timeZone).orElse(ZoneOffset.UTC);
    }

    private static Problem invalid(String parameter, String why) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", parameter + " " + why + ".");
    }

    private static String statuses(String written) {
        return String.join(
                ",",
                Arrays.stream(written.toUpperCase(Locale.ROOT).split(","))
                        .map(word -> MessageStatus.valueOf(word.strip()).name())
                        .toList());
    }

    private String contact(String site, String written) {
        if (written.indexOf(0) >= 0) {
            throw new IllegalArgumentException("U+0000");
        }
        return PhoneNumbers.normalised(
                written, sites.find(site).map(SiteDocument::region).orElse("US"));
    }

    /** {@code CASE|16E-20010101} or {@code CASE/16E-20010101}. */
    private static CaseRef caseRef(String written) {
        String[] parts = written.split("[|/]", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException(written);
        }
        return new CaseRef(CaseRef.Kind.valueOf(parts[0]), parts[1]);
    }

    /** The database does not read years without four digits. */
    private static Instant calendar(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1 || year > 9999) {
            throw new DateTimeException("year " + year);
        }
        return time;
    }
}
