/** Lists over HTTP: a page at a time, newest first. */
@NullMarked
package org.casewire.routing.page;

import org.jspecify.annotations.NullMarked;
