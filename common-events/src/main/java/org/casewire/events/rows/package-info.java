/** Statements for many rows at once: a list of rows becomes one array a column. */
@NullMarked
package org.casewire.events.rows;

import org.jspecify.annotations.NullMarked;
