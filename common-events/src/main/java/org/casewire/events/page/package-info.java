/** Lists over HTTP: a page at a time, newest first. */
@NullMarked
package org.casewire.events.page;

import org.jspecify.annotations.NullMarked;
