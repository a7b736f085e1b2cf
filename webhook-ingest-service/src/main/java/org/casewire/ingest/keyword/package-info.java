/** The words by which people opt out, opt in and ask for help. */
@NullMarked
package org.casewire.ingest.keyword;

import org.jspecify.annotations.NullMarked;
