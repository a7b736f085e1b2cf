package org.casewire.outbound.request;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.casewire.events.SendRequested;
import org.casewire.events.access.Problem;
import org.casewire.events.transport.TraceParent;
import org.casewire.events.transport.WireJson.Reading;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.message.MessageStatus;
import org.casewire.outbound.message.MessageViews;
import org.casewire.outbound.request.Acceptance.Taken;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sends over HTTP: the same request as on the send queue, answered at once. */
@RestController
@Tag(name = "messages", description = "Texts that are sent: asked for, looked at, called off")
class SendController {

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*(\\d{1,3})");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Requests requests;
    private final Acceptance acceptance;
    private final MessageViews messages;

    SendController(Requests requests, Acceptance acceptance, MessageViews messages) {
        this.requests = requests;
        this.acceptance = acceptance;
        this.messages = messages;
    }

    /** The answer to a send: the message's id and where it stands. */
    record Sent(UUID messageId, MessageStatus status) {}

    @PostMapping("/api/sites/{site}/messages")
    @ApiResponse(
            responseCode = "202",
            useReturnTypeSchema = true,
            description = "Taken: kept, and sent when it may leave",
            headers = {
                @Header(
                        required = true,
                        name = "Location",
                        description = "the path of the message",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Preference-Applied",
                        description = "wait=seconds, where the request prefers to wait",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "409", description = "`MESSAGE_ID_REUSED`: the messageId was another request's")
    @ApiResponse(responseCode = "413", description = "`BODY_TOO_LARGE`: more than 2 MB")
    @ApiResponse(
            responseCode = "422",
            description = "It cannot be sent: the code is a reason of `MessageRejected`, such as `OPTED_OUT`")
    @Operation(operationId = "sendMessage", summary = "Asks for a text to be sent, now or later", description = """
                    `body` or `quickEntry` (not both) or `mediaUrls` must be given, and `to` or a `caseRef` whose case has
                    a number. `site` may be left out; `sentBy` is the token's `sub` unless a service names another.

                    `messageId` is the idempotency key: the same request again is answered as the first, another
                    under the same id is a 409. Left out, it is made.

                    `Prefer: wait=20` waits up to 30 seconds for what became of it.
                    """)
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SendRequested.class)))
    ResponseEntity<Sent> send(
            @PathVariable String site,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceParent,
            @AuthenticationPrincipal Jwt token,
            @Parameter(hidden = true) InputStream body)
            throws IOException {
        Reading<SendRequested> read = WrittenRequest.read(body, site, token);
        SendRequested request = read.value();
        UUID messageId = request.messageId() == null ? UUID.randomUUID() : request.messageId();
        Checked checked = requests.examine(
                requests.asked(messageId, read, TraceParent.carriedOrNew(Optional.ofNullable(traceParent))));
        acceptance.refusal(checked).ifPresent(SendController::refuse);
        MessageStatus status = switch (acceptance.accept(List.of(checked)).getFirst()) {
            case Taken.New(MessageStatus now) -> now;
            case Taken.Repeat(MessageStatus now) -> now;
            case Taken.Reused() ->
                throw new Problem(
                        HttpStatus.CONFLICT,
                        "MESSAGE_ID_REUSED",
                        "messageId was used before for another request; a new text needs a new id.");
        };
        Optional<Duration> wait = wait(prefer);
        Sent answer = new Sent(
                messageId,
                wait.map(atMost -> messages.awaitTwilio(checked.key(), atMost)).orElse(status));
        ResponseEntity.BodyBuilder accepted = ResponseEntity.accepted();
        wait.ifPresent(atMost -> accepted.header("Preference-Applied", "wait=" + atMost.toSeconds()));
        return accepted.location(URI.create("/api/sites/" + site + "/messages/" + messageId))
                .body(answer);
    }

    /** How long the caller is willing to wait for Twilio's word (RFC 7240, "wait"). */
    private static Optional<Duration> wait(@Nullable String prefer) {
        Matcher wait = WAIT.matcher(prefer == null ? "" : prefer.toLowerCase(Locale.ROOT));
        if (!wait.find()) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
        return Optional.of(asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
    }

    private static void refuse(Rejection why) {
        HttpStatus status = switch (why.reason()) {
            case UNKNOWN_SITE -> HttpStatus.NOT_FOUND;
            case INVALID_REQUEST -> HttpStatus.BAD_REQUEST;
            case INVALID_NUMBER,
                    UNSUPPORTED_COUNTRY,
                    UNKNOWN_SENDER,
                    CONSENT_MISSING,
                    OPTED_OUT,
                    TEXTING_DISABLED,
                    EMAIL_ONLY,
                    BODY_MISSING,
                    BODY_TOO_LONG,
                    TOO_MANY_MEDIA,
                    INVALID_MEDIA,
                    UNKNOWN_QUICK_ENTRY,
                    QUICK_ENTRY_VALUE_MISSING,
                    INVALID_SCHEDULE,
                    EXPIRED,
                    TWILIO_REFUSED -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
        throw new Problem(status, why.reason().name(), why.detail());
    }
}
