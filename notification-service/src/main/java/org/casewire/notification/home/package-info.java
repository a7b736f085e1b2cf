/** The home page: static files, and the little it must be told before it can sign somebody in. */
@NullMarked
package org.casewire.notification.home;

import org.jspecify.annotations.NullMarked;
