/** Files every received text on the case it belongs to, says why, and keeps the log of texts. */
@NullMarked
package org.casewire.routing;

import org.jspecify.annotations.NullMarked;
