package org.casewire.notification.calendar;

import java.util.List;
import org.casewire.events.CalendarEvent;
import org.casewire.events.CalendarEvent.CalendarEntryChanged;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Origin;
import org.casewire.events.transport.UnreadableEvent;

/**
 * A calendar entry as it stands now.
 *
 * @param gone whether it was deleted; it is cancelled then, and nobody attends
 * @param origin where that was said
 */
public record EntryChange(CalendarEntryChanged entry, boolean gone, Origin origin) {

    static EntryChange of(Received<CalendarEvent> received) {
        return switch (received) {
            case Received.Arrived<CalendarEvent>(CalendarEntryChanged entry, var problems, var origin) ->
                new EntryChange(entry, false, origin);
            case Received.Tombstone<CalendarEvent>(String key, var origin) ->
                new EntryChange(nothing(key, origin), true, origin);
        };
    }

    private static CalendarEntryChanged nothing(String key, Origin origin) {
        String[] parts = key.split("\\|", 2);
        if (parts.length < 2) {
            throw new UnreadableEvent("the key of a tombstone must be site|entryId");
        }
        return new CalendarEntryChanged(
                parts[0],
                parts[1],
                CalendarEvent.Kind.EVENT,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                true,
                origin.time());
    }
}
