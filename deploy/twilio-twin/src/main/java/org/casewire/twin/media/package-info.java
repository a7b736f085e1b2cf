/** Pictures: fetched, kept and served. */
@NullMarked
package org.casewire.twin.media;

import org.jspecify.annotations.NullMarked;
