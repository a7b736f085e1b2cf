/** Twilio's webhooks: read whole and raw, checked to be Twilio's, turned into events, answered. */
@NullMarked
package org.casewire.ingest.webhook;

import org.jspecify.annotations.NullMarked;
