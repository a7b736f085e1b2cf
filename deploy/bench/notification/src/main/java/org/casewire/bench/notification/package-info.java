/** Measures how fast alerts are told, and how fast due reminders are handed to the send queue. */
@NullMarked
package org.casewire.bench.notification;

import org.jspecify.annotations.NullMarked;
