/** What writing many rows in one statement needs. */
@NullMarked
package org.casewire.notification.batch;

import org.jspecify.annotations.NullMarked;
