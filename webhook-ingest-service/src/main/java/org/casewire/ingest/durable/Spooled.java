package org.casewire.ingest.durable;

import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record of the spool.
 *
 * @param came when it was appended
 * @param until where it ends in its segment
 */
record Spooled(ProducerRecord<String, byte[]> message, Instant came, long until) {}
