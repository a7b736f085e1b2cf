package org.casewire.routing.sent;

import java.time.Instant;
import org.casewire.events.CaseRef;
import org.casewire.events.Conversation;

/**
 * Twilio took a text that a case sent, and we had not heard of it before.
 *
 * @param writtenAt when that was written to the log
 * @param traceParent the trace of the send
 */
public record Acceptance(Conversation conversation, CaseRef ref, Instant at, Instant writtenAt, String traceParent) {}
