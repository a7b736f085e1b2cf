/** The site, the people and the cases a newcomer finds. */
@NullMarked
package org.casewire.local.demo;

import org.jspecify.annotations.NullMarked;
