/** The rules by which a reply finds its case: a pure function from what is known to cases, rule and reasons. */
@NullMarked
package org.casewire.routing.matching;

import org.jspecify.annotations.NullMarked;
