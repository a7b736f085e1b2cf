package org.casewire.notification.calendar;

/** A calendar entry of a site. */
public record EntryKey(String site, String entryId) {}
