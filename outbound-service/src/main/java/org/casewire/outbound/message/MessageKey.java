package org.casewire.outbound.message;

import java.util.UUID;

/** The identity of a message: the id its sender chose, within its site. */
public record MessageKey(String site, UUID messageId) {}
