/** How much stands in tables and waits, and since when, for whoever watches. */
@NullMarked
package org.casewire.events.backlog;

import org.jspecify.annotations.NullMarked;
