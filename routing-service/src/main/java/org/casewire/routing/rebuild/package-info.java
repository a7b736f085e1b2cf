/** The operator's command that reads all cases once more. */
@NullMarked
package org.casewire.routing.rebuild;

import org.jspecify.annotations.NullMarked;
