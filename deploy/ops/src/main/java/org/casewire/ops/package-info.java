/** The operator's commands, and how they reach an installation. */
@NullMarked
package org.casewire.ops;

import org.jspecify.annotations.NullMarked;
