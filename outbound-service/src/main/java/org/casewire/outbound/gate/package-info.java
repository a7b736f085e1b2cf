/** Whether a text may leave now: one verdict from consent, preference, quiet hours, pauses and accounts. */
@NullMarked
package org.casewire.outbound.gate;

import org.jspecify.annotations.NullMarked;
