/** STOP, START and HELP as Twilio answers them, and who is blocked. */
@NullMarked
package org.casewire.twin.optout;

import org.jspecify.annotations.NullMarked;
