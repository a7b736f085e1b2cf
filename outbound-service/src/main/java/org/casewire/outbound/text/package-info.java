/** Texts as carriers see them: alphabets, segments, limits. */
@NullMarked
package org.casewire.outbound.text;

import org.jspecify.annotations.NullMarked;
