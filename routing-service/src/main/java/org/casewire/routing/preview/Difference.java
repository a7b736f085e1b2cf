package org.casewire.routing.preview;

/** How two strategies differ over one reply. */
enum Difference {
    /** Unassigned as it was filed, on a case by the other strategy. */
    NOW_ASSIGNED,
    /** On a case as it was filed, unassigned by the other strategy. */
    NOW_UNASSIGNED,
    /** On other cases, or on more or fewer of them. */
    OTHER_CASE
}
