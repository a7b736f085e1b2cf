package org.casewire.outbound.dispatch;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.casewire.events.access.Problem;
import org.casewire.events.site.TwilioCredentials;
import org.casewire.outbound.dispatch.Line.Doubt;
import org.casewire.outbound.gateway.TwilioGateway;
import org.casewire.outbound.gateway.TwilioGateway.Standing;
import org.casewire.outbound.message.DueSignal;
import org.casewire.outbound.message.MessageKey;
import org.casewire.outbound.message.MessageStatus;
import org.casewire.outbound.message.Progress;
import org.casewire.outbound.message.Report;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Lets a person settle an attempt in doubt: Twilio's console shows whether the text went out. */
@RestController
@Tag(name = "messages", description = "Texts that are sent: asked for, looked at, called off")
class DoubtController {

    private static final Pattern SID = Pattern.compile("(SM|MM)[0-9a-f]{32}");

    private final Line line;
    private final TwilioGateway twilio;
    private final TwilioCredentials credentials;
    private final Progress progress;
    private final DueSignal due;
    private final Clock clock;

    DoubtController(
            Line line,
            TwilioGateway twilio,
            TwilioCredentials credentials,
            Progress progress,
            DueSignal due,
            Clock clock) {
        this.line = line;
        this.twilio = twilio;
        this.credentials = credentials;
        this.progress = progress;
        this.due = due;
        this.clock = clock;
    }

    /** What a person found out. */
    enum Outcome {
        SENT,
        RESEND
    }

    /** @param sid Twilio's identifier of the text, where it was SENT */
    record Word(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Outcome outcome,

            @Schema(pattern = "^(SM|MM)[0-9a-f]{32}$") @Nullable
            String sid) {}

    /** Where the part stands now. */
    record Settled(UUID messageId, int part, MessageStatus status) {}

    @PostMapping("/api/sites/{site}/messages/{id}/doubt")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "`NOT_IN_DOUBT`, or `SID_TAKEN`: the sid is another text's")
    @Operation(
            operationId = "settleDoubt",
            summary = "Settles an attempt whose outcome is not known: it was SENT, or it is to be sent again")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    Settled settle(@PathVariable String site, @PathVariable UUID id, @RequestBody Word word) {
        if (word.outcome() == null) {
            throw invalid("outcome must be SENT or RESEND.");
        }
        Doubt doubt = line.doubtOf(new MessageKey(site, id))
                .orElseThrow(() -> new Problem(
                        HttpStatus.CONFLICT,
                        "NOT_IN_DOUBT",
                        "No attempt of this message is in doubt (any more); see its status."));
        MessageStatus stands = switch (word.outcome()) {
            case SENT -> sent(doubt, word.sid());
            case RESEND -> resend(doubt);
        };
        due.raise();
        return new Settled(id, doubt.part(), stands);
    }

    private MessageStatus sent(Doubt doubt, @Nullable String sid) {
        if (sid == null || !SID.matcher(sid).matches()) {
            throw invalid("sid must be the text's SID at Twilio: SM or MM and 32 hexadecimal digits.");
        }
        String site = doubt.message().site();
        if (!line.recorded(Set.of(site), List.of(sid)).isEmpty()) {
            throw new Problem(HttpStatus.CONFLICT, "SID_TAKEN", "sid is another text's of this site.");
        }
        String status = credentials
                .of(site)
                .map(account -> switch (twilio.ask(account, sid)) {
                    case Standing.Stands stands -> stands.status();
                    case Standing.NotTold unreachable -> "accepted";
                })
                .orElse("accepted");
        progress.apply(List.of(new Report.Told(
                doubt.message(),
                doubt.part(),
                clock.instant(),
                doubt.attempt(),
                "person-" + doubt.attempt(),
                sid,
                status,
                null,
                Report.Source.PERSON)));
        return MessageStatus.fromTwilio(status).orElse(MessageStatus.ACCEPTED);
    }

    private MessageStatus resend(Doubt doubt) {
        Instant now = clock.instant();
        progress.apply(List.of(new Report.Abandoned(doubt.message(), doubt.part(), now, doubt.attempt())));
        return MessageStatus.WAITING;
    }

    private static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail);
    }
}
