/** After a database was brought back to an earlier moment: what it forgot, and having it read again. */
@NullMarked
package org.casewire.ops.restore;

import org.jspecify.annotations.NullMarked;
