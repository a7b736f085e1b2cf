package org.casewire.notification.calendar;

import java.time.ZoneId;
import org.casewire.events.CalendarEvent;
import org.casewire.events.CaseRef;
import org.jspecify.annotations.Nullable;

/**
 * What people are told of a calendar entry.
 *
 * @param timeZone null for the site's
 */
public record Entry(
        EntryKey key,
        CalendarEvent.Kind kind,
        @Nullable String title,
        @Nullable String location,
        @Nullable ZoneId timeZone,
        @Nullable CaseRef caseRef) {}
