/** Everybody a site texts with, who wrote last, and what was said. */
@NullMarked
package org.casewire.routing.conversation;

import org.jspecify.annotations.NullMarked;
