/** The ids of the texts this service asks for. */
@NullMarked
package org.casewire.notification.identity;

import org.jspecify.annotations.NullMarked;
