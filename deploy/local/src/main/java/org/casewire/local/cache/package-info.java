/** What is unpacked once and used by every run. */
@NullMarked
package org.casewire.local.cache;

import org.jspecify.annotations.NullMarked;
