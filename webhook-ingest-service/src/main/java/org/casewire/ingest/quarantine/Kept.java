package org.casewire.ingest.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One webhook in quarantine, as it stands on the topic.
 *
 * @param id grows with time
 * @param reason why it was refused, or would have been
 * @param plausible whether it names the site's own account: those outlast the others
 * @param key which key it is sealed with
 * @param sealed the {@link Arrival}
 * @param replayedBy the operator who let it in
 */
public record Kept(
        String id,
        String site,
        String kind,
        Instant at,
        String reason,
        State state,
        boolean plausible,
        String key,
        byte[] sealed,
        @Nullable String replayedBy,
        @Nullable Instant replayedAt) {

    /** What became of it. */
    public enum State {
        /** Nothing was made of it. */
        REFUSED,
        /** It was let in all the same: its site was in shadow mode. */
        TAKEN,
        /** An operator let it in. */
        REPLAYED
    }

    Kept replayed(String by, Instant now) {
        return new Kept(id, site, kind, at, reason, State.REPLAYED, plausible, key, sealed, by, now);
    }

    /** Bytes it takes in memory, about. */
    int size() {
        return 400 + sealed.length;
    }
}
