package org.casewire.events.retention;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts as one table of a service knows them; what becomes of their words when they are old. */
public interface OldTexts {

    /** What they are called among the meters. */
    String kind();

    /**
     * Takes the words of some texts of a site, oldest first, in the running transaction. Waits for nobody: what somebody
     * else holds is left for the next time, and so is what has still to leave.
     *
     * @param until how old they must be
     * @param after where the slice before this one ended
     * @param most how many are looked at
     */
    Slice erase(String site, Instant until, Place after, int most);

    /** A text's place in the order of time. */
    record Place(Instant at, String id) {

        /** Before all texts, whether their ids are SIDs or UUIDs. */
        public static final Place BEGINNING =
                new Place(Instant.parse("0001-01-01T00:00:00Z"), "00000000-0000-0000-0000-000000000000");
    }

    /**
     * What was done.
     *
     * @param seen how many were looked at; fewer than asked for when there are no more
     * @param erased how many of them lost their words
     * @param last the last one looked at
     */
    record Slice(int seen, int erased, @Nullable Place last) {

        /** There was none. */
        public static final Slice NOTHING = new Slice(0, 0, null);

        /** All of them lost their words. */
        public static Slice of(List<Place> texts) {
            return texts.isEmpty() ? NOTHING : new Slice(texts.size(), texts.size(), texts.getLast());
        }
    }
}
