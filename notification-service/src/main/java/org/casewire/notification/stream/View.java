package org.casewire.notification.stream;

import org.casewire.notification.cases.CaseSights.Lens;

/**
 * By what a page's list came about, but for the alerts themselves. It stands at the end of every id, so that whichever
 * instance the page comes back to knows whether its list is still made of the same cases.
 *
 * @param version how often the user's assignments changed what they see
 */
record View(long version, Lens lens) {

    private static final String BEFORE = ".";
    private static final int RADIX = 36;

    /** An id without the view it was told with. */
    static String placeIn(String id) {
        int end = id.indexOf(BEFORE);
        return end < 0 ? id : id.substring(0, end);
    }

    /** Whether the id was told with this view. */
    boolean isIn(String id) {
        return id.strip().endsWith(toString());
    }

    @Override
    public String toString() {
        return BEFORE
                + Long.toString(version, RADIX)
                + BEFORE
                + Long.toString(lens.today().toEpochDay(), RADIX)
                + (lens.primaryOnly() ? "p" : "a");
    }
}
