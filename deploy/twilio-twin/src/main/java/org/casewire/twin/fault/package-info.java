/** Faults on demand, one sealed family. */
@NullMarked
package org.casewire.twin.fault;

import org.jspecify.annotations.NullMarked;
