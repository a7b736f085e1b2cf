/** The upstream's users, as the log tells. */
@NullMarked
package org.casewire.notification.users;

import org.jspecify.annotations.NullMarked;
