/** The sites and their settings as every service sees them: always current, never rejected before they are all known. */
@NullMarked
package org.casewire.events.site;

import org.jspecify.annotations.NullMarked;
