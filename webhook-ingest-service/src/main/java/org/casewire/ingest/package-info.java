/** Turns Twilio's webhooks into events, and answers only once they are kept. */
@NullMarked
package org.casewire.ingest;

import org.jspecify.annotations.NullMarked;
