package org.casewire.notification.alert;

import java.util.Optional;
import java.util.UUID;
import org.casewire.events.AlertEvent.AlertDismissed;
import org.casewire.events.access.Problem;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.TraceParent;
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
class AlertsController {

    private static final int MOST = 500;

    private final VisibleAlerts visible;
    private final Dismissals dismissals;
    private final Sites sites;

    AlertsController(VisibleAlerts visible, Dismissals dismissals, Sites sites) {
        this.visible = visible;
        this.dismissals = dismissals;
        this.sites = sites;
    }

    @GetMapping("/api/sites/{site}/users/{user}/alerts")
    @PreAuthorize("hasRole('ADMIN') or hasRole('STAFF') and #user == authentication.name")
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
