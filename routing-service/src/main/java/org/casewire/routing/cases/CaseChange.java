package org.casewire.routing.cases;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.casewire.events.CaseEvent;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.transport.Received;
import org.casewire.events.transport.Received.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says of one case: first gone (when {@code goneAt} is set), then as in {@code snapshot} (when there is
 * one). Applied to the case in that order it comes to the same as every record one after the other.
 *
 * @param goneAt a snapshot that is not later cannot revive the case
 * @param goneBy the tombstone's place on the log: one that was applied before is not applied again
 * @param toldBy the snapshot's place on the log
 */
record CaseChange(
        CaseKey key,
        @Nullable Instant goneAt,
        @Nullable Origin goneBy,
        @Nullable CaseChanged snapshot,
        @Nullable Origin toldBy) {

    static Collection<CaseChange> of(List<Received<CaseEvent>> batch) {
        Map<CaseKey, CaseChange> changes = new LinkedHashMap<>();
        for (Received<CaseEvent> received : batch) {
            switch (received) {
                case Received.Arrived<CaseEvent>(CaseChanged changed, var problems, var origin) ->
                    changes.merge(
                            CaseKey.of(changed),
                            new CaseChange(CaseKey.of(changed), null, null, changed, origin),
                            (before, after) -> before.followedBy(changed, origin));
                case Received.Tombstone<CaseEvent>(String key, var origin) ->
                    changes.merge(
                            CaseKey.of(key),
                            new CaseChange(CaseKey.of(key), origin.time(), origin, null, null),
                            (before, after) -> before.goneSince(origin));
            }
        }
        return changes.values();
    }

    private CaseChange followedBy(CaseChanged later, Origin origin) {
        boolean overtaken = snapshot != null && later.updatedAt().isBefore(snapshot.updatedAt());
        boolean tooOldToRevive =
                snapshot == null && goneAt != null && !later.updatedAt().isAfter(goneAt);
        return overtaken || tooOldToRevive ? this : new CaseChange(key, goneAt, goneBy, later, origin);
    }

    /** The upstream's clock may run ahead: what the tombstone ended must not come back by its own time. */
    private CaseChange goneSince(Origin origin) {
        Instant latest = goneAt != null && goneAt.isAfter(origin.time()) ? goneAt : origin.time();
        Instant mark = snapshot != null && snapshot.updatedAt().isAfter(latest) ? snapshot.updatedAt() : latest;
        return new CaseChange(key, mark, origin, null, null);
    }
}
