/** Measures how fast due reminders are handed to the send queue, and what many that wait cost them. */
@NullMarked
package org.casewire.bench.notification;

import org.jspecify.annotations.NullMarked;
