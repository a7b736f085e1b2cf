package org.casewire.outbound.request;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.access.Problem;
import org.casewire.events.transport.TraceParent;
import org.casewire.events.transport.WireJson;
import org.casewire.events.transport.WireJson.Reading;
import org.casewire.outbound.cases.CaseNumbers;
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
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends over HTTP: the same request as on the send queue, answered at once. */
@RestController
class SendController {

    private static final int MAX_BYTES = 256 * 1024;
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*(\\d{1,3})");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Requests requests;
    private final Acceptance acceptance;
    private final MessageViews messages;
    private final CaseNumbers cases;
    private final Clock clock;

    SendController(Requests requests, Acceptance acceptance, MessageViews messages, CaseNumbers cases, Clock clock) {
        this.requests = requests;
        this.acceptance = acceptance;
        this.messages = messages;
        this.cases = cases;
        this.clock = clock;
    }

    /** The answer to a send: the message's id and where it stands. */
    record Answer(UUID messageId, MessageStatus status) {}

    @PostMapping("/api/sites/{site}/messages")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    ResponseEntity<?> send(
            @PathVariable String site,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceParent,
            @AuthenticationPrincipal Jwt token,
            InputStream body)
            throws IOException {
        Reading<SendRequested> read = read(body, site, token);
        SendRequested request = read.value();
        UUID messageId = request.messageId() == null ? UUID.randomUUID() : request.messageId();
        Checked checked = requests.examine(new Asked(
                messageId,
                request,
                read.problems(),
                clock.instant(),
                TraceParent.carriedOrNew(Optional.ofNullable(traceParent)),
                caseNumber(request)));
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
        Answer answer = new Answer(
                messageId,
                wait.map(atMost -> messages.awaitTwilio(checked.key(), atMost)).orElse(status));
        ResponseEntity.BodyBuilder accepted = ResponseEntity.accepted();
        wait.ifPresent(atMost -> accepted.header("Preference-Applied", "wait=" + atMost.toSeconds()));
        return accepted.location(URI.create("/api/sites/" + site + "/messages/" + messageId))
                .body(answer);
    }

    /** A text to a case goes to the case's own number when none is written. */
    private @Nullable String caseNumber(SendRequested request) {
        boolean isWritten = request.to() != null && !request.to().isBlank();
        return isWritten || request.caseRef() == null
                ? null
                : cases.numberOf(request.site(), request.caseRef()).orElse("");
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

    private static Reading<SendRequested> read(InputStream body, String site, Jwt token) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new Problem(
                    HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", "A send request has at most 256 kB of JSON.");
        }
        try {
            JsonNode tree = WireJson.MAPPER.readTree(bytes);
            if (!(tree instanceof ObjectNode request)) {
                throw invalid("The body must be a JSON object.");
            }
            if (request.has("site") && !site.equals(request.get("site").asString(""))) {
                throw invalid("site differs from the one in the address.");
            }
            request.put("site", site);
            if (!mayNameSender(token) || !request.hasNonNull("sentBy")) {
                request.put("sentBy", token.getSubject());
            }
            return WireJson.read(WireJson.MAPPER.writeValueAsBytes(request), SendRequested.class);
        } catch (JacksonException unreadable) {
            throw invalid(WireJson.reason(unreadable) + ".");
        }
    }

    /** A service sends on behalf of its users; a person sends as who they are. */
    private static boolean mayNameSender(Jwt token) {
        List<String> roles = token.getClaimAsStringList("roles");
        return roles != null && roles.contains("service");
    }

    private static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, RejectionReason.INVALID_REQUEST.name(), detail);
    }
}
