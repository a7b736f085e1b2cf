/** How values are written in the language of a site. */
@NullMarked
package org.casewire.notification.wording;

import org.jspecify.annotations.NullMarked;
