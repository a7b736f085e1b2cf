/** The files that come with texts: fetched from Twilio, judged, kept in an object store and shown. */
@NullMarked
package org.casewire.routing.document;

import org.jspecify.annotations.NullMarked;
