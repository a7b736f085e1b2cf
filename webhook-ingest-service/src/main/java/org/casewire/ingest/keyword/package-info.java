/** The words by which people opt out, opt in and ask for help: keywords, and plain language. */
@NullMarked
package org.casewire.ingest.keyword;

import org.jspecify.annotations.NullMarked;
