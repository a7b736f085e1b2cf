/** The people at the other end: they text, call and receive. */
@NullMarked
package org.casewire.twin.handset;

import org.jspecify.annotations.NullMarked;
