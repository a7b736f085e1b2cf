/** What Twilio tells of texts on their way, told or asked, merged so that a status only moves forward. */
@NullMarked
package org.casewire.outbound.delivery;

import org.jspecify.annotations.NullMarked;
