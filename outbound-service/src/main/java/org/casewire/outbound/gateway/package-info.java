/** Speaks to Twilio: the only place that knows its SDK. */
@NullMarked
package org.casewire.outbound.gateway;

import org.jspecify.annotations.NullMarked;
