/** Starts, watches and stops the processes that the stack is made of. */
@NullMarked
package org.casewire.local.process;

import org.jspecify.annotations.NullMarked;
