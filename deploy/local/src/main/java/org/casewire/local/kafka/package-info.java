/** A one-node Apache Kafka of the stack's own, from Kafka's published jars. */
@NullMarked
package org.casewire.local.kafka;

import org.jspecify.annotations.NullMarked;
