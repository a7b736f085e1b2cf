package org.casewire.outbound.message;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When Twilio is asked about a text it has not reported on (it advises to ask after 12 hours; asking earlier costs
 * one request and repairs a lost callback sooner).
 *
 * @param askAfter how long a status may stand still before the first question
 * @param askAtLeastEvery the longest wait between two questions
 * @param giveUpAfter how long after it was created a text is still asked for: many carriers give no final receipt
 * @param batch how many texts are asked for in one round
 */
@ConfigurationProperties("casewire.delivery")
public record FollowUpProperties(
        @DefaultValue("10m") Duration askAfter,
        @DefaultValue("6h") Duration askAtLeastEvery,
        @DefaultValue("3d") Duration giveUpAfter,
        @DefaultValue("50") int batch) {}
