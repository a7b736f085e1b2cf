/** Finding texts by their words. */
@NullMarked
package org.casewire.routing.search;

import org.jspecify.annotations.NullMarked;
