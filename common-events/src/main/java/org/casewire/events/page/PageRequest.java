package org.casewire.events.page;

import org.casewire.events.access.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What a caller wants of a list.
 *
 * @param after the items that come after this place
 */
public record PageRequest(Cursor after, int limit) {

    private static final int USUAL = 100;
    private static final int MOST = 500;

    /**
     * Reads {@code limit} and {@code cursor} of a request.
     *
     * @throws Problem naming the parameter that is wrong
     */
    public static PageRequest of(@Nullable Integer limit, @Nullable String cursor) {
        int wanted = limit == null ? USUAL : limit;
        if (wanted < 1 || wanted > MOST) {
            throw invalid("limit must be a number from 1 to " + MOST + ".");
        }
        Cursor after = cursor == null
                ? Cursor.NEWEST
                : Cursor.decoded(cursor)
                        .orElseThrow(() -> invalid("cursor must be the 'next' of an earlier answer, or left out."));
        return new PageRequest(after, wanted);
    }

    /** One more than wanted tells whether there is a next page. */
    public int oneMore() {
        return limit + 1;
    }

    private static Problem invalid(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, "INVALID_REQUEST", detail);
    }
}
