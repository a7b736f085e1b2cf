/** Twilio's REST API as a table of routes: authentication, error bodies, headers and the log of calls. */
@NullMarked
package org.casewire.twin.rest;

import org.jspecify.annotations.NullMarked;
