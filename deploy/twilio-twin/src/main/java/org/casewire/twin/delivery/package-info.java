/** From accepted to delivered: the rate of each sender and the way to the handset. */
@NullMarked
package org.casewire.twin.delivery;

import org.jspecify.annotations.NullMarked;
