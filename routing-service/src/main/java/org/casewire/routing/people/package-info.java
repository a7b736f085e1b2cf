/** Who people are: the site's own, by their numbers and names, and what everybody said about being texted. */
@NullMarked
package org.casewire.routing.people;

import org.jspecify.annotations.NullMarked;
