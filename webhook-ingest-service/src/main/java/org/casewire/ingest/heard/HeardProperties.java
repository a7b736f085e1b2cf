package org.casewire.ingest.heard;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is kept in memory.
 *
 * @param lookBack how far back the log is read at start, and for how long a text is remembered (P3D)
 * @param mostTexts of more than these the oldest are forgotten (200,000, about 30 MB)
 * @param mostConversations of more that were answered, those answered longest ago are forgotten (100,000); the same
 *     for those that were texted, whose traces a reply goes on with
 */
@ConfigurationProperties("casewire.ingest.heard")
record HeardProperties(
        @DefaultValue("P3D") Duration lookBack,
        @DefaultValue("200000") int mostTexts,
        @DefaultValue("100000") int mostConversations) {}
