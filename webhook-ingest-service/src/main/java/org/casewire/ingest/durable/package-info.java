/** Where an event is safe, so that Twilio may be told it was taken. */
@NullMarked
package org.casewire.ingest.durable;

import org.jspecify.annotations.NullMarked;
