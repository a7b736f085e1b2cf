/** What waits: on Kafka, in tables, before a sender. */
@NullMarked
package org.casewire.ops.backlog;

import org.jspecify.annotations.NullMarked;
