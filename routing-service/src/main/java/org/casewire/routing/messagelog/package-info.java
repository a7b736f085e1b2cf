/** All texts of a site, by what is asked of them, on the screen or as a spreadsheet. */
@NullMarked
package org.casewire.routing.messagelog;

import org.jspecify.annotations.NullMarked;
