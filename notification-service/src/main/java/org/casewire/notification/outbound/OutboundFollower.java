package org.casewire.notification.outbound;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.casewire.events.OutboundEvent;
import org.casewire.events.transport.Received;

/** Wants to know what became of some of the messages. */
public interface OutboundFollower {

    /** Whether the record may concern it; asked before it is read, because most do not. */
    boolean mayConcern(ConsumerRecord<String, byte[]> message);

    /** Takes in those that may concern it, in order; any of them may come again. */
    void follow(List<Received<OutboundEvent>> batch);
}
