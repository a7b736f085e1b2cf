package org.casewire.outbound.gateway;

import java.net.URI;
import java.time.Duration;
import org.casewire.events.site.TwilioCredentials.Account;
import org.jspecify.annotations.Nullable;

/**
 * One part, ready to be sent.
 *
 * @param sender E.164 number or Messaging Service SID
 * @param body null for a picture
 * @param mediaUrl null for a text
 * @param validFor how long Twilio may keep it in its queue, null for its own limit (10 hours)
 */
public record SendCommand(
        Account account,
        String sender,
        String to,
        @Nullable String body,
        @Nullable String mediaUrl,
        URI statusCallback,
        @Nullable Duration validFor) {}
