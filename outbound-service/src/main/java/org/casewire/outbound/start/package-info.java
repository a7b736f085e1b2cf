/** What must be known before the first text leaves. */
@NullMarked
package org.casewire.outbound.start;

import org.jspecify.annotations.NullMarked;
