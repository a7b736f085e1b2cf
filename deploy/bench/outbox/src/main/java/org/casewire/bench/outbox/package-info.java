/** Measures how fast, and whether in order and whole, two outboxes bring committed events to Kafka. */
@NullMarked
package org.casewire.bench.outbox;

import org.jspecify.annotations.NullMarked;
