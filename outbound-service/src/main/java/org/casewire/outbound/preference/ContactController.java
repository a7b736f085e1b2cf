package org.casewire.outbound.preference;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.casewire.events.ContactEvent.ContactChanged.Delivery;
import org.casewire.events.Conversation;
import org.casewire.events.PhoneNumbers;
import org.casewire.events.Purpose;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.message.Message.Rejection;
import org.casewire.outbound.preference.Known.Origin;
import org.casewire.outbound.preference.Known.Own;
import org.casewire.outbound.preference.Known.Upstream;
import org.casewire.outbound.preference.Known.Wishes;
import org.casewire.outbound.quiet.QuietTime;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;

/** Shows how a person may be texted, and changes the preferences of many at once. */
@RestController
@Tag(name = "contacts", description = "How people wish to be texted")
class ContactController {

    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final Preferences preferences;
    private final BulkChange bulk;
    private final RecipientHealth health;
    private final Sites sites;
    private final Clock clock;

    ContactController(Preferences preferences, BulkChange bulk, RecipientHealth health, Sites sites, Clock clock) {
        this.preferences = preferences;
        this.bulk = bulk;
        this.health = health;
        this.sites = sites;
        this.clock = clock;
    }

    /** Where the three values come from. */
    record Origins(Origin textingEnabled, Origin delivery, Origin deliveryLocked) {}

    /** In which zones it must not be quiet for a text to leave, and who says so. */
    record Zones(Set<ZoneId> zones, ZoneSource source) {}

    /** Who says where a person is. */
    enum ZoneSource {
        UPSTREAM,
        NUMBER,
        SITE
    }

    /**
     * A person as far as texting goes; consent is told elsewhere.
     *
     * @param refusal why an ordinary text to a client is refused by preference, null when it is not
     * @param ours what this site's people decided, null when they decided nothing
     * @param upstream the upstream's contacts with this number
     */
    record ContactView(
            String contact,
            boolean textingEnabled,
            Delivery delivery,
            boolean deliveryLocked,
            Origins origins,
            @Nullable Rejection refusal,
            @Nullable Own ours,
            List<Upstream> upstream,
            Validity validity,
            Zones timeZones) {}

    @GetMapping("/api/sites/{site}/contacts/{contact}")
    @Operation(
            operationId = "getContact",
            summary = "What is known about texting a number: wishes, zone, validity, what Twilio refused")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    ContactView one(@PathVariable String site, @PathVariable String contact) {
        SiteDocument document = document(site);
        Conversation person = new Conversation(site, PhoneNumbers.normalised(printable(contact), document.region()));
        Known known = preferences.known(List.of(person)).getOrDefault(person, Known.NOTHING);
        Preference preference = known.preference();
        return new ContactView(
                person.contact(),
                preference.textingEnabled(),
                preference.delivery(),
                preference.locked(),
                new Origins(
                        known.origin(Wishes::textingEnabled, preference.textingEnabled()),
                        known.origin(Wishes::delivery, preference.delivery()),
                        known.origin(Wishes::deliveryLocked, preference.locked())),
                Preference.refusal(preference, Purpose.CONVERSATION, Audience.CLIENT, false)
                        .orElse(null),
                known.own(),
                known.upstream(),
                Validity.of(person.contact(), document, health.of(person)),
                zones(person.contact(), preference, document));
    }

    @PatchMapping("/api/sites/{site}/contacts")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "413", description = "`BODY_TOO_LARGE`: more than 2 MB")
    @Operation(operationId = "changeContacts", summary = "Changes what many people wish, each judged by itself")
    @PreAuthorize("hasRole('ADMIN')")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ContactsPatch.class)))
    BulkChange.Report change(
            @PathVariable String site, @AuthenticationPrincipal Jwt token, @Parameter(hidden = true) InputStream body)
            throws IOException {
        SiteDocument document = document(site);
        Instant now = clock.instant();
        return bulk.apply(
                document, read(body), Optional.ofNullable(token.getSubject()).orElse(""), now);
    }

    private SiteDocument document(String site) {
        return sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "UNKNOWN_SITE", "There is no site of that name on this installation."));
    }

    private static String printable(String contact) {
        if (contact.indexOf(0) >= 0) {
            throw ContactsPatch.invalid("The number in the address holds U+0000.");
        }
        return contact;
    }

    private static Zones zones(String contact, Preference preference, SiteDocument site) {
        ZoneSource source = !preference.timeZones().isEmpty()
                ? ZoneSource.UPSTREAM
                : QuietTime.zonesOfNumber(contact).isEmpty() ? ZoneSource.SITE : ZoneSource.NUMBER;
        return new Zones(QuietTime.zonesOf(contact, preference.timeZones(), site.timeZone()), source);
    }

    private static ContactsPatch read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new Problem(
                    HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", "A bulk change has at most 2 MB of JSON.");
        }
        try {
            return ContactsPatch.read(WireJson.MAPPER.readTree(bytes));
        } catch (JacksonException unreadable) {
            throw Problem.unreadable(unreadable);
        }
    }
}
