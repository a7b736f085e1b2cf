package org.casewire.outbound.gate;

import org.casewire.events.Conversation;
import org.casewire.events.Purpose;
import org.casewire.events.SendRequested.Audience;
import org.casewire.outbound.sender.SenderKey;

/**
 * A text that wants to leave.
 *
 * @param textDemanded whether the request says that it is to go by text in spite of an e-mail preference
 */
public record Candidate(Conversation person, String sender, Purpose purpose, Audience audience, boolean textDemanded) {

    SenderKey senderKey() {
        return new SenderKey(person.site(), sender);
    }
}
