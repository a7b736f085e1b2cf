package org.casewire.routing.entry;

import java.util.List;
import org.casewire.events.page.Cursor;
import org.casewire.events.page.Page;
import org.casewire.events.page.PageRequest;
import org.casewire.routing.list.Place;
import org.casewire.routing.reply.ReceivedFilter;
import org.casewire.routing.reply.ReceivedLog;
import org.casewire.routing.sent.SentFilter;
import org.casewire.routing.sent.SentTexts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sent and received texts together, newest first. */
@Component
public class Log {

    private final SentTexts sent;
    private final ReceivedLog received;
    private final Entries entries;

    Log(SentTexts sent, ReceivedLog received, Entries entries) {
        this.sent = sent;
        this.received = received;
        this.entries = entries;
    }

    /** Which texts are wanted; of a direction that is null none are. */
    public record Wanted(
            String site,
            @Nullable SentFilter sent,
            @Nullable ReceivedFilter received) {}

    /** A page of both. */
    public Page<Entry> page(Wanted wanted, PageRequest page) {
        return Page.of(after(wanted, page.after(), page.oneMore()), page, Entry::place);
    }

    /** What comes after a place in the list. */
    public List<Entry> after(Wanted wanted, Cursor place, int limit) {
        SentFilter ofSent = wanted.sent();
        ReceivedFilter ofReceived = wanted.received();
        List<Entry> found = entries.of(
                wanted.site(),
                ofSent == null ? List.of() : sent.page(ofSent, place, limit),
                ofReceived == null ? List.of() : received.page(ofReceived, Place.receivedAfter(place), limit));
        return found.subList(0, Math.min(limit, found.size()));
    }
}
