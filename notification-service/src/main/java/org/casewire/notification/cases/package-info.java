/** The upstream's cases and who is assigned to them, as the log tells. */
@NullMarked
package org.casewire.notification.cases;

import org.jspecify.annotations.NullMarked;
