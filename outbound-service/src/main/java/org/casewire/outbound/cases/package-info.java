/** Which number a case is texted at when the request does not say. */
@NullMarked
package org.casewire.outbound.cases;

import org.jspecify.annotations.NullMarked;
