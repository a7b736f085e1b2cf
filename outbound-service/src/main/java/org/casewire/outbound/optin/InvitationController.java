package org.casewire.outbound.optin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.Conversation;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.RejectionReason;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets staff invite a person to opt in; the link itself goes to nobody but the person. */
@RestController
@Tag(name = "consents", description = "Who may be texted, since when, and how that is known")
class InvitationController {

    private final Invitations invitations;
    private final Sites sites;

    InvitationController(Invitations invitations, Sites sites) {
        this.invitations = invitations;
        this.sites = sites;
    }

    /** An invitation that is on its way. */
    record Sent(UUID invitationId, String contact, String email, List<Category> categories, Instant expiresAt) {}

    @PostMapping("/api/sites/{site}/consents/{contact}/invitation")
    @ApiResponse(responseCode = "202", useReturnTypeSchema = true, description = "On its way")
    @ApiResponse(responseCode = "413", description = "`BODY_TOO_LARGE`: more than 16 kB")
    @ApiResponse(
            responseCode = "422",
            description = "`UNSUPPORTED_COUNTRY`: the site does not text to the country of this number")
    @ApiResponse(responseCode = "502", description = "`MAIL_FAILED`: the mail server did not take the e-mail")
    @Operation(operationId = "inviteToOptIn", summary = "E-mails somebody a link to a page on which they can opt in")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = InvitationRequest.class)))
    Sent invite(
            @PathVariable String site,
            @PathVariable String contact,
            @AuthenticationPrincipal Jwt token,
            @Parameter(hidden = true) InputStream body)
            throws IOException {
        SiteDocument document = sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "There is no site of that name on this installation."));
        Invitation sent = invitations.invite(
                document, person(document, contact), InvitationRequest.read(body), String.valueOf(token.getSubject()));
        return new Sent(sent.id(), sent.person().contact(), sent.email(), sent.categories(), sent.expiresAt());
    }

    private static Conversation person(SiteDocument site, String contact) {
        PhoneNumbers.Known number = PhoneNumbers.read(contact, site.region())
                .orElseThrow(() -> new Problem(
                        HttpStatus.BAD_REQUEST,
                        RejectionReason.INVALID_NUMBER.name(),
                        "contact, in the address, is not a phone number; check area code, exchange and line."));
        if (!site.regions().contains(number.region())) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    RejectionReason.UNSUPPORTED_COUNTRY.name(),
                    "contact is a number of %s, and this site texts only to %s."
                            .formatted(number.region(), String.join(", ", site.regions())));
        }
        return new Conversation(site.site(), number.e164());
    }
}
