/** The Messages resource of Twilio's REST API. */
@NullMarked
package org.casewire.twin.message;

import org.jspecify.annotations.NullMarked;
