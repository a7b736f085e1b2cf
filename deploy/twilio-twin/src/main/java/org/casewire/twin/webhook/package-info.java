/** Calling an account's webhooks as Twilio does: signature, time-outs, retries. */
@NullMarked
package org.casewire.twin.webhook;

import org.jspecify.annotations.NullMarked;
