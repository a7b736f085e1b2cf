/** The texts of one case, sent and received. */
@NullMarked
package org.casewire.routing.caselog;

import org.jspecify.annotations.NullMarked;
