package org.casewire.routing.cases;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.casewire.events.CaseEvent;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.transport.Received;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of one case: first gone (when {@code goneAt} is set), then as in {@code snapshot} (when there is
 * one). Applied to the case in that order it comes to the same as every record one after the other.
 *
 * @param goneAt a snapshot that is not later cannot revive the case
 */
record CaseChange(
        CaseKey key, @Nullable Instant goneAt, @Nullable CaseChanged snapshot) {

    static Collection<CaseChange> of(List<Received<CaseEvent>> batch) {
        Map<CaseKey, CaseChange> changes = new LinkedHashMap<>();
        for (Received<CaseEvent> received : batch) {
            switch (received) {
                case Received.Arrived<CaseEvent>(CaseChanged changed, var problems, var origin) ->
                    changes.merge(
                            CaseKey.of(changed),
                            new CaseChange(CaseKey.of(changed), null, changed),
                            (before, after) -> before.followedBy(changed));
                case Received.Tombstone<CaseEvent>(String key, var origin) ->
                    changes.merge(
                            CaseKey.of(key),
                            new CaseChange(CaseKey.of(key), origin.time(), null),
                            (before, after) -> before.goneSince(origin.time()));
            }
        }
        return changes.values();
    }

    private CaseChange followedBy(CaseChanged later) {
        boolean overtaken = snapshot != null && later.updatedAt().isBefore(snapshot.updatedAt());
        boolean tooOldToRevive =
                snapshot == null && goneAt != null && !later.updatedAt().isAfter(goneAt);
        return overtaken || tooOldToRevive ? this : new CaseChange(key, goneAt, later);
    }

    /** The upstream's clock may run ahead: what the tombstone ended must not come back by its own time. */
    private CaseChange goneSince(Instant time) {
        Instant latest = goneAt != null && goneAt.isAfter(time) ? goneAt : time;
        return new CaseChange(
                key, snapshot != null && snapshot.updatedAt().isAfter(latest) ? snapshot.updatedAt() : latest, null);
    }
}
