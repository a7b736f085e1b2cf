/** What another matching strategy would have done with past replies. */
@NullMarked
package org.casewire.routing.preview;

import org.jspecify.annotations.NullMarked;
