/** The notification service. */
@NullMarked
package org.casewire.notification;

import org.jspecify.annotations.NullMarked;
