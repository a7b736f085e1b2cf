/** Events that commit together with the state they tell of, and the relay that is the only one to publish them. */
@NullMarked
package org.casewire.events.outbox;

import org.jspecify.annotations.NullMarked;
