/** How long texts keep their words: the same rule for every service that stores any. */
@NullMarked
package org.casewire.events.retention;

import org.jspecify.annotations.NullMarked;
