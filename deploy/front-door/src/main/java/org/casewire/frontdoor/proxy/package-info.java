/** Carries each request to the service that answers it, byte for byte. */
@NullMarked
package org.casewire.frontdoor.proxy;

import org.jspecify.annotations.NullMarked;
