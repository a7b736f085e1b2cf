/** What is deleted when it is old enough to be of no use to anybody. */
@NullMarked
package org.casewire.notification.retention;

import org.jspecify.annotations.NullMarked;
