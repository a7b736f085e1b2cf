package org.casewire.outbound.request;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.access.Problem;
import org.casewire.events.transport.TraceParent;
import org.casewire.events.transport.WireJson.Reading;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.request.Requests.Examined;
import org.casewire.outbound.text.Segments;
import org.casewire.outbound.text.SplitText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers a composer: what would leave, what it costs, and why it would be refused. Nothing is kept or sent. */
@RestController
@Tag(name = "messages", description = "Texts that are sent: asked for, looked at, called off")
class PreviewController {

    private final Requests requests;
    private final Acceptance acceptance;

    PreviewController(Requests requests, Acceptance acceptance) {
        this.requests = requests;
        this.acceptance = acceptance;
    }

    /** The alphabets a text can be in on the air. */
    enum Encoding {
        GSM_7,
        UCS_2
    }

    /**
     * The character that turned the text to UCS-2.
     *
     * @param codePoint as Unicode writes it, {@code U+2019}
     * @param index where in the text it stands
     */
    record Foreign(String character, String codePoint, int index) {

        private static @Nullable Foreign firstOf(String text) {
            int index = Segments.firstForeign(text);
            if (index < 0) {
                return null;
            }
            int point = text.codePointAt(index);
            return new Foreign(Character.toString(point), "U+%04X".formatted(point), index);
        }
    }

    /** One Twilio message of the text. */
    record TextPart(String text, int segments) {}

    /** Why it would not be taken; the code is that of {@code MessageRejected}. */
    record Refused(RejectionReason code, String detail) {}

    /**
     * What would leave.
     *
     * @param text null when there is none
     * @param characters as people count them
     * @param left how many plain ones still fit without another segment
     * @param pictures each leaves as a message of its own
     */
    record Preview(
            @Nullable String text,
            Encoding encoding,
            int characters,
            int left,
            int segments,
            List<TextPart> parts,
            int pictures,
            @Nullable Foreign forcedUcs2By,
            @Nullable Refused refusal) {

        private static Preview of(@Nullable SplitText split, int pictures, @Nullable Refused refusal) {
            String text = split == null ? "" : split.text();
            List<TextPart> parts = split == null
                    ? List.of()
                    : split.pieces().stream()
                            .map(piece -> new TextPart(piece.text(), piece.segments()))
                            .toList();
            return new Preview(
                    split == null ? null : text,
                    Segments.isGsm(text) ? Encoding.GSM_7 : Encoding.UCS_2,
                    text.codePointCount(0, text.length()),
                    Segments.left(parts.isEmpty() ? "" : parts.getLast().text()),
                    split == null ? 0 : split.segments(),
                    parts,
                    pictures,
                    Foreign.firstOf(text),
                    refusal);
        }
    }

    @PostMapping("/api/sites/{site}/messages/preview")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "413", description = "`BODY_TOO_LARGE`: more than 2 MB")
    @Operation(
            operationId = "previewMessage",
            summary = "How a text would leave: its parts and segments, or why it would be refused; nothing is sent")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SendRequested.class)))
    Preview preview(
            @PathVariable String site, @AuthenticationPrincipal Jwt token, @Parameter(hidden = true) InputStream body)
            throws IOException {
        Reading<SendRequested> read = WrittenRequest.read(body, site, token);
        Examined examined = requests.preview(requests.asked(UUID.randomUUID(), read, TraceParent.start()));
        Optional<Rejection> refusal = acceptance.refusal(examined.checked());
        refusal.filter(why -> why.reason() == RejectionReason.UNKNOWN_SITE).ifPresent(why -> {
            throw new Problem(HttpStatus.NOT_FOUND, why.reason().name(), why.detail());
        });
        return Preview.of(
                examined.draft().text(),
                read.value().mediaUrls().size(),
                refusal.map(why -> new Refused(why.reason(), why.detail())).orElse(null));
    }
}
