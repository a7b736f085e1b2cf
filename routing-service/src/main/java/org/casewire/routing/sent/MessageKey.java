package org.casewire.routing.sent;

import java.util.UUID;

/** Names a message. */
record MessageKey(String site, UUID messageId) {}
