/** Takes what is due, journals the attempt, has it sent and records what came of it. */
@NullMarked
package org.casewire.outbound.dispatch;

import org.jspecify.annotations.NullMarked;
