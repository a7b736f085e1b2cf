/** What every benchmark stands on: the local stack, its processor time, profiles, and figures beside their targets. */
@NullMarked
package org.casewire.bench.stand;

import org.jspecify.annotations.NullMarked;
