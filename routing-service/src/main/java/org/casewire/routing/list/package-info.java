/** How lists are asked for: numbers in national form, days in the site's zone, cases, and the conditions they come to. */
@NullMarked
package org.casewire.routing.list;

import org.jspecify.annotations.NullMarked;
