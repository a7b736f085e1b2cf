/** What outlives the process: one append-only file of JSON lines, written in batches. */
@NullMarked
package org.casewire.twin.journal;

import org.jspecify.annotations.NullMarked;
