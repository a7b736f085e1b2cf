/** Fetches from Twilio's own list the texts that its webhooks could not deliver, and publishes each of them once. */
@NullMarked
package org.casewire.ingest.sweep;

import org.jspecify.annotations.NullMarked;
