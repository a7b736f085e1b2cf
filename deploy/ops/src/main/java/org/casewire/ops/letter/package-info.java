/** Dead letters, and what became of them. */
@NullMarked
package org.casewire.ops.letter;

import org.jspecify.annotations.NullMarked;
