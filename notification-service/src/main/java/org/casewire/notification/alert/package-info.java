/** Alerts: raised when a text is filed on an assigned case, shown to whom the case is assigned, dismissed for all. */
@NullMarked
package org.casewire.notification.alert;

import org.jspecify.annotations.NullMarked;
