/** Who may call: OAuth 2 bearer tokens, checked per site, and errors as RFC 9457 problems with a code. */
@NullMarked
package org.casewire.events.access;

import org.jspecify.annotations.NullMarked;
