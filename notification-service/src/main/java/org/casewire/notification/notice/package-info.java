/** Tells people by text of what happened at the upstream, each in the words and as far as the site wants it. */
@NullMarked
package org.casewire.notification.notice;

import org.jspecify.annotations.NullMarked;
