package org.casewire.ingest.webhook;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.casewire.events.access.Problem;
import org.casewire.events.transport.tracing.Step;
import org.casewire.events.transport.tracing.Tracing;
import org.casewire.ingest.durable.NotDurable;
import org.casewire.ingest.quarantine.Arrival;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The addresses Twilio calls. */
@RestController
@Tag(name = "webhooks", description = "What Twilio calls")
@RequestMapping(path = "/twilio/{site}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
@ApiResponse(
        responseCode = "400",
        description = "`INVALID_REQUEST`: the form cannot be read; the detail names the field")
@ApiResponse(responseCode = "403", description = "`SIGNATURE_MISSING`, `SIGNATURE_INVALID` or `NO_CREDENTIALS`")
@ApiResponse(responseCode = "404", description = "`UNKNOWN_SITE`")
@ApiResponse(responseCode = "413", description = "`BODY_TOO_LARGE`: more than 64 kB")
@ApiResponse(responseCode = "415", description = "`UNSUPPORTED_MEDIA_TYPE`: no form")
@ApiResponse(
        responseCode = "503",
        description = "`NOT_DURABLE` or `NOT_READY`: try again after Retry-After",
        headers = @Header(name = "Retry-After", description = "seconds", schema = @Schema(type = "integer")))
class Webhooks {

    private static final String ROUTE = "/twilio/{site}/";

    private final Gate gate;
    private final Intake intake;
    private final Refusals refusals;
    private final Tracing tracing;

    Webhooks(Gate gate, Intake intake, Refusals refusals, Tracing tracing) {
        this.tracing = tracing;
        this.gate = gate;
        this.intake = intake;
        this.refusals = refusals;
    }

    @PostMapping("/messages")
    @ApiResponse(
            responseCode = "200",
            description = "TwiML: empty, or the site's text response",
            content = @Content(mediaType = "text/xml", schema = @Schema(type = "string")))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            description = "The form as Twilio posts it; unknown fields are kept",
            content =
                    @Content(
                            mediaType = "application/x-www-form-urlencoded",
                            schema = @Schema(type = "object", additionalPropertiesSchema = String.class)))
    @Operation(
            operationId = "takeMessage",
            summary = "A text that came in, as Twilio tells it",
            description = "Signed by Twilio; answered when the event is safe.")
    ResponseEntity<byte[]> message(@PathVariable String site, HttpServletRequest request) {
        return markup(take(Kind.messages, site, request));
    }

    @PostMapping("/calls")
    @ApiResponse(
            responseCode = "200",
            description = "TwiML: the call response, or Reject",
            content = @Content(mediaType = "text/xml", schema = @Schema(type = "string")))
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            description = "The form as Twilio posts it; unknown fields are kept",
            content =
                    @Content(
                            mediaType = "application/x-www-form-urlencoded",
                            schema = @Schema(type = "object", additionalPropertiesSchema = String.class)))
    @Operation(
            operationId = "takeCall",
            summary = "A call that came in, as Twilio tells it",
            description = "Signed by Twilio; answered when the event is safe.")
    ResponseEntity<byte[]> call(@PathVariable String site, HttpServletRequest request) {
        return markup(take(Kind.calls, site, request));
    }

    @PostMapping("/status")
    @ApiResponse(responseCode = "204", description = "Taken")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            description = "The form as Twilio posts it; unknown fields are kept",
            content =
                    @Content(
                            mediaType = "application/x-www-form-urlencoded",
                            schema = @Schema(type = "object", additionalPropertiesSchema = String.class)))
    @Operation(
            operationId = "takeStatus",
            summary = "Where a sent text stands now, as Twilio tells it",
            description = "Signed by Twilio; answered when the event is safe.")
    ResponseEntity<Void> status(@PathVariable String site, HttpServletRequest request) {
        take(Kind.status, site, request);
        return ResponseEntity.noContent().build();
    }

    private byte[] take(Kind kind, String site, HttpServletRequest request) {
        Arrival arrival = gate.arrival(site, kind, request);
        try {
            return take(kind, gate.admit(arrival));
        } catch (InvalidForm invalid) {
            throw refusals.of(Refusal.INVALID_REQUEST, String.valueOf(invalid.getMessage()), arrival);
        }
    }

    /** A stranger makes no span: what was refused is counted and kept elsewhere. */
    private byte[] take(Kind kind, Webhook webhook) {
        try (Step step = tracing.server(route(kind), webhook.traceParent(), webhook.receivedAt())) {
            step.with("http.request.method", "POST").with("http.route", step.isRecorded() ? ROUTE + kind : null);
            return step.during(() -> intake.take(kind, webhook.continuedIn(step.traceParent())));
        }
    }

    private static String route(Kind kind) {
        return switch (kind) {
            case messages -> "POST " + ROUTE + "messages";
            case status -> "POST " + ROUTE + "status";
            case calls -> "POST " + ROUTE + "calls";
        };
    }

    private static ResponseEntity<byte[]> markup(byte[] answer) {
        return ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(answer);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(InvalidForm invalid) {
        return answer(refusals.of(Refusal.INVALID_REQUEST, String.valueOf(invalid.getMessage())));
    }

    /** A header with control characters, which the firewall in front shows only when the header is read. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(RequestRejectedException rejected) {
        return answer(refusals.of(Refusal.INVALID_REQUEST, "A header holds control characters. Send it without."));
    }

    /** Not taken: Twilio may try again, use the fallback address, or be asked for the message later. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> notTaken(NotDurable away) {
        return answer(refusals.of(Refusal.NOT_DURABLE));
    }

    /** As it goes over the wire. */
    static ResponseEntity<ProblemDetail> answer(Problem problem) {
        return ResponseEntity.status(problem.getStatusCode())
                .headers(problem.getHeaders())
                .body(problem.getBody());
    }
}
