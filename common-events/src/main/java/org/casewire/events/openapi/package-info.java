/** How a service describes its HTTP API (OpenAPI 3.1): made from the code, so that it says what the code does. */
@NullMarked
package org.casewire.events.openapi;

import org.jspecify.annotations.NullMarked;
