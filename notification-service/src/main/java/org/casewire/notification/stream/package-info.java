/** Alerts as they happen, on every open home page, whichever instance it is connected to. */
@NullMarked
package org.casewire.notification.stream;

import org.jspecify.annotations.NullMarked;
