/** Webhooks that were refused, or taken in shadow mode: kept for a while, sealed, for an operator to look at and let in. */
@NullMarked
package org.casewire.ingest.quarantine;

import org.jspecify.annotations.NullMarked;
