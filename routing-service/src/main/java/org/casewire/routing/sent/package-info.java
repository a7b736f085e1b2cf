/** What was sent: every message with the status of its parts, and which case texted a number last. */
@NullMarked
package org.casewire.routing.sent;

import org.jspecify.annotations.NullMarked;
