/** One harness for every webhook test: a signer of its own, a caller that sends exact bytes, a service to call. */
@NullMarked
package org.casewire.ingest.testing;

import org.jspecify.annotations.NullMarked;
