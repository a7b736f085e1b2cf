/** What goes on in a service by itself, from its start to its end. */
@NullMarked
package org.casewire.events.worker;

import org.jspecify.annotations.NullMarked;
