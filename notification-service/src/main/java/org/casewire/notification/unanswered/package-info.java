/** Who waits for an answer, and since when: texts that stand on cases, and what staff wrote to people after them. */
@NullMarked
package org.casewire.notification.unanswered;

import org.jspecify.annotations.NullMarked;
