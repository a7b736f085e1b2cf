/** Reminds people of what stands in the calendar: what will leave, when, to whom, and what became of it. */
@NullMarked
package org.casewire.notification.reminder;

import org.jspecify.annotations.NullMarked;
