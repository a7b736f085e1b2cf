package org.casewire.outbound.optin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.casewire.events.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to opt in that was sent to somebody.
 *
 * @param language what staff asked for, empty when they left it open
 * @param categories what the form offers
 * @param usedAt when the form was sent with it, null while it was not
 */
record Invitation(
        UUID id,
        Conversation person,
        String email,
        @Nullable String name,
        Optional<Language> language,
        List<Category> categories,
        String invitedBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt) {}
