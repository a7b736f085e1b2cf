/** Status callbacks: one after the other for each message. */
@NullMarked
package org.casewire.twin.callback;

import org.jspecify.annotations.NullMarked;
