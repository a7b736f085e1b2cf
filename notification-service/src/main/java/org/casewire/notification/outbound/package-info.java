/** Reads what became of messages, once for all who want to know. */
@NullMarked
package org.casewire.notification.outbound;

import org.jspecify.annotations.NullMarked;
