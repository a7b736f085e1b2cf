/** The sites this installation serves: seeded from the operator's file, published to everyone. */
@NullMarked
package org.casewire.outbound.site;

import org.jspecify.annotations.NullMarked;
