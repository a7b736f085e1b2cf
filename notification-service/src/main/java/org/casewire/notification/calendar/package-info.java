/** The upstream's calendar, as the log tells. */
@NullMarked
package org.casewire.notification.calendar;

import org.jspecify.annotations.NullMarked;
