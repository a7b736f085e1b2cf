package org.casewire.notification.mail;

import java.time.Instant;

/**
 * One thing that somebody is to be told.
 *
 * @param id the received text's SID, or the record's place on its topic of dead letters
 */
record Matter(Line line, String id, Instant at) {}
