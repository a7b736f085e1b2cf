/** What a connection may do before a request is looked at, and what every answer says to browsers. */
@NullMarked
package org.casewire.ingest.connection;

import org.jspecify.annotations.NullMarked;
