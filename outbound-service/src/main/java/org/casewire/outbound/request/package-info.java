/** What is asked to be sent, from Kafka and over HTTP: checked, made idempotent, split into parts and put in line. */
@NullMarked
package org.casewire.outbound.request;

import org.jspecify.annotations.NullMarked;
