/** The one origin of a deployment: a reverse proxy for the services, and the small identity people sign in with. */
@NullMarked
package org.casewire.frontdoor;

import org.jspecify.annotations.NullMarked;
