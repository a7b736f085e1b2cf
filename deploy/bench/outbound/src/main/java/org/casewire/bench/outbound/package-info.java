/** Measures how fast, how late and how surely texts leave through the whole pipeline. */
@NullMarked
package org.casewire.bench.outbound;

import org.jspecify.annotations.NullMarked;
