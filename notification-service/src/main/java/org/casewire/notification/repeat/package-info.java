/** Work that is looked for again and again. */
@NullMarked
package org.casewire.notification.repeat;

import org.jspecify.annotations.NullMarked;
