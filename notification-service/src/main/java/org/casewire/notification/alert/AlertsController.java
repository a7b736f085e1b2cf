package org.casewire.notification.alert;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.AlertEvent.AlertDismissed;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.TraceParent;
import org.casewire.notification.alert.AlertCheck.Repairs;
import org.casewire.notification.alert.AlertCheck.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Alerts over HTTP. Staff look at their own, admins at anybody's. */
@RestController
@Tag(name = "alerts", description = "Texts that came in on somebody's cases")
class AlertsController {

    private static final String LIST = """
            {"items": [{"alertId": "5d0e7c7e-54a1-3f0b-8f0e-2d9a3f1b6c11", "site": "demo",
              "caseRef": {"kind": "CASE", "id": "16E-20010101"}, "sid": "SM1f0e8d6c4b2a09876543210fedcba987",
              "contact": "+14045387319", "preview": "Yes, Tuesday works", "at": "2026-03-06T21:45:00.120Z",
              "title": "Eviction defence", "clientName": "Ana Reyes"}],
             "unread": 1, "next": null}
            """;

    private static final String DISMISSED = """
            {"alertId": "5d0e7c7e-54a1-3f0b-8f0e-2d9a3f1b6c11", "site": "demo",
             "caseRef": {"kind": "CASE", "id": "16E-20010101"}, "by": "maria", "at": "2026-03-06T21:47:10.004Z"}
            """;

    private static final String REPAIRS = """
            {"checked": 1840, "withdrawn": 0, "erased": 0}
            """;

    private static final int MOST = 500;

    private final VisibleAlerts visible;
    private final Dismissals dismissals;
    private final AlertCheck check;
    private final Sites sites;

    AlertsController(VisibleAlerts visible, Dismissals dismissals, AlertCheck check, Sites sites) {
        this.visible = visible;
        this.dismissals = dismissals;
        this.check = check;
        this.sites = sites;
    }

    @GetMapping("/api/sites/{site}/users/{user}/alerts")
    @PreAuthorize("hasRole('ADMIN') or hasRole('STAFF') and #user == authentication.name")
    @Operation(
            operationId = "listAlerts",
            summary = "The alerts a user sees, newest first",
            description = "By the site's setting and the assignments of this moment. unread counts them all.")
    @ApiResponse(
            responseCode = "200",
            useReturnTypeSchema = true,
            content = @Content(mediaType = "application/json", examples = @ExampleObject(LIST)))
    AlertList list(
            @PathVariable String site,
            @PathVariable String user,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        requireSite(site);
        if (limit < 1 || limit > MOST) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "INVALID_REQUEST", "limit must be a whole number from 1 to " + MOST + ".");
        }
        return visible.page(site, user, Cursor.read(cursor), limit);
    }

    @PostMapping("/api/sites/{site}/alerts/{id}/dismissal")
    @PreAuthorize("hasRole('STAFF')")
    @Operation(
            operationId = "dismissAlert",
            summary = "Dismisses an alert for all who see it",
            description = "Again, it answers with the first dismissal; one whose text was moved was dismissed by"
                    + " casewire. An alert that is not there for the user is a 404.")
    @ApiResponse(
            responseCode = "200",
            useReturnTypeSchema = true,
            content = @Content(mediaType = "application/json", examples = @ExampleObject(DISMISSED)))
    AlertDismissed dismiss(
            @PathVariable String site,
            @PathVariable String id,
            @RequestHeader(required = false) @Nullable String traceparent,
            Authentication who) {
        requireSite(site);
        boolean anybody =
                AuthorityUtils.authorityListToSet(who.getAuthorities()).contains("ROLE_ADMIN");
        String trace = TraceParent.carriedOrNew(Optional.ofNullable(traceparent));
        return alertId(id)
                .flatMap(alertId -> dismissals.dismiss(site, who.getName(), anybody, alertId, trace))
                .orElseThrow(() -> Problem.notFound("There is no such alert, or it is not yours to dismiss."
                        + " Load the list again to see those that stand."));
    }

    @PostMapping("/api/sites/{site}/alerts/check")
    @PreAuthorize("hasRole('OPERATOR')")
    @Operation(
            operationId = "checkAlerts",
            summary = "Compares the site's alerts with where its texts stand, and repairs what differs",
            description = "The service does so by itself every ten minutes; here at once.")
    @ApiResponse(
            responseCode = "200",
            useReturnTypeSchema = true,
            content = @Content(mediaType = "application/json", examples = @ExampleObject(REPAIRS)))
    Repairs check(@PathVariable String site) {
        requireSite(site);
        Repairs repairs = Repairs.NONE;
        Optional<AlertCheck.Place> next = Optional.of(AlertCheck.Place.FIRST);
        while (next.isPresent()) {
            Slice slice = check.checkSite(next.get(), site);
            repairs = repairs.plus(slice.repairs());
            next = slice.next();
        }
        return repairs;
    }

    private void requireSite(String site) {
        if (sites.find(site).isEmpty()) {
            throw new Problem(
                    HttpStatus.NOT_FOUND,
                    "UNKNOWN_SITE",
                    "There is no site of that name; ask the operator for its name.");
        }
    }

    private static Optional<UUID> alertId(String written) {
        try {
            return Optional.of(UUID.fromString(written));
        } catch (IllegalArgumentException noAlertsId) {
            return Optional.empty();
        }
    }
}
