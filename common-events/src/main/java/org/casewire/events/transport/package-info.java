/** The one way events are written to and read from Kafka: CloudEvents in binary mode, retry in place, dead letters. */
@NullMarked
package org.casewire.events.transport;

import org.jspecify.annotations.NullMarked;
