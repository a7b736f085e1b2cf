/** Signs people in and issues the tokens the services ask for. */
@NullMarked
package org.casewire.frontdoor.identity;

import org.jspecify.annotations.NullMarked;
