/** Measures how fast signed webhooks are taken, beside a bare endpoint on the same machine in the same run. */
@NullMarked
package org.casewire.bench.ingest;

import org.jspecify.annotations.NullMarked;
