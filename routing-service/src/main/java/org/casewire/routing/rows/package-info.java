/** How many rows travel to PostgreSQL in one statement. */
@NullMarked
package org.casewire.routing.rows;

import org.jspecify.annotations.NullMarked;
