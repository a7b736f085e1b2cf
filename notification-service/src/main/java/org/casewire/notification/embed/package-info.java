/** Alerts within the pages of other applications: tokens of their own, for the origins that the site lists. */
@NullMarked
package org.casewire.notification.embed;

import org.jspecify.annotations.NullMarked;
