/** The way into texts for a person: an invitation by e-mail, a form with their agreement, and START to complete it. */
@NullMarked
package org.casewire.outbound.optin;

import org.jspecify.annotations.NullMarked;
