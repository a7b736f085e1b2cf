/** Runs the whole system on one machine: what is started, in which order, and what people are told about it. */
@NullMarked
package org.casewire.local;

import org.jspecify.annotations.NullMarked;
