/** What every HTTP edge of the twin shares: forms, JSON and problem documents. */
@NullMarked
package org.casewire.twin.http;

import org.jspecify.annotations.NullMarked;
