/** A PostgreSQL of the stack's own, from programs that come as a Maven artifact. */
@NullMarked
package org.casewire.local.postgres;

import org.jspecify.annotations.NullMarked;
