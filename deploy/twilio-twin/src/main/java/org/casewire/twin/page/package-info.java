/** The page with a handset for every number. */
@NullMarked
package org.casewire.twin.page;

import org.jspecify.annotations.NullMarked;
