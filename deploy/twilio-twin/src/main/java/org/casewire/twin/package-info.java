/** The Twilio twin: a stand-in for Twilio's messaging API that runs on one machine. */
@NullMarked
package org.casewire.twin;

import org.jspecify.annotations.NullMarked;
