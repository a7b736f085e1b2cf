package org.casewire.routing.sent;

import java.util.UUID;

/** Names a message. */
public record MessageKey(String site, UUID messageId) {}
