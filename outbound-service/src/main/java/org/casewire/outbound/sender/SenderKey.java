package org.casewire.outbound.sender;

/** One of a site's senders: an E.164 number or a Messaging Service SID. */
public record SenderKey(String site, String sender) {}
