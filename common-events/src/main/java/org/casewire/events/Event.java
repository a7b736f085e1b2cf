package org.casewire.events;

/**
 * Something that is written to a topic: what an upstream asks for, what Twilio told, or what a service did.
 *
 * <p>The simple class name is part of the wire contract: it is the {@code <EventName>} of the CloudEvents type
 * {@code casewire.<EventName>.v1}.
 */
public sealed interface Event
        permits SendQueueEvent,
                OutboundEvent,
                InboundEvent,
                DeliveryEvent,
                ConsentEvent,
                ReplyEvent,
                AlertEvent,
                SiteEvent,
                CaseEvent,
                ContactEvent,
                UserEvent,
                CalendarEvent,
                ActivityEvent {

    /** The topic this event is written to. */
    String topic();

    /** The record key: it decides the order, because one key is one partition. */
    String key();

    /** The CloudEvents subject: the messageId, Twilio SID or entity id that the event is about. */
    String subject();

    /** The site the event belongs to. */
    String site();
}
