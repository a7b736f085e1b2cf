package org.casewire.notification.reminder;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.casewire.events.SiteDocument;
import org.casewire.events.access.Problem;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.events.site.Sites;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reminders over HTTP: what will be, was and was not reminded, and why. */
@RestController
@Tag(name = "reminders", description = "Reminders of calendar entries, and what became of each")
class RemindersController {

    private final ReminderList list;
    private final Sites sites;

    RemindersController(ReminderList list, Sites sites) {
        this.list = list;
        this.sites = sites;
    }

    @GetMapping("/api/sites/{site}/reminders")
    @Operation(
            operationId = "listReminders",
            summary = "Reminders by the entry they belong to, and what became of each")
    @PreAuthorize("hasAnyRole('STAFF', 'SERVICE')")
    Page<ReminderView> list(
            @PathVariable String site,
            @RequestParam(required = false) @Nullable String entry,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        SiteDocument known = sites.find(site)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND,
                        "UNKNOWN_SITE",
                        "There is no site of that name; ask the operator for its name."));
        PageRequest wanted = PageRequest.of(limit, cursor);
        List<Reminder> found = list.page(known, blankIsNull(entry), state(state), wanted, number(wanted.after()));
        return Page.of(found, wanted, ReminderList::place).map(ReminderView::of);
    }

    private static @Nullable String blankIsNull(@Nullable String entry) {
        if (entry != null && entry.indexOf(0) >= 0) {
            throw invalid("entry must be the id of a calendar entry.");
        }
        return entry == null || entry.isBlank() ? null : entry;
    }

    private static @Nullable State state(@Nullable String written) {
        if (written == null || written.isBlank()) {
            return null;
        }
        return Arrays.stream(State.values())
                .filter(one -> one.name().equals(written.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> invalid("state must be one of " + List.of(State.values()) + "."));
    }

    private static long number(Cursor after) {
        try {
            return after.equals(Cursor.NEWEST) ? Long.MAX_VALUE : Long.parseLong(after.ref());
        } catch (NumberFormatException notOurs) {
            throw invalid("cursor must be the 'next' of an earlier answer, or left out.");
        }
    }

    private static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail);
    }
}
