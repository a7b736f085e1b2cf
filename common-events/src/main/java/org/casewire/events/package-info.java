/** The language the services share: every event of the wire contract, its topic, its key and the values it is made of. */
@NullMarked
package org.casewire.events;

import org.jspecify.annotations.NullMarked;
