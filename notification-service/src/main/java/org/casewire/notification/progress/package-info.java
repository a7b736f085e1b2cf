/** How far this service has read the log. */
@NullMarked
package org.casewire.notification.progress;

import org.jspecify.annotations.NullMarked;
