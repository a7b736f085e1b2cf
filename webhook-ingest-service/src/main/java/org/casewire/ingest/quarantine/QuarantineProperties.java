package org.casewire.ingest.quarantine;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is kept of refused webhooks.
 *
 * @param key what they are sealed with, at least 32 characters; the same for all instances
 * @param keyFile where a key made once is kept when none is given, readable by this user alone
 * @param perMinute how many of a site are kept in a minute; the rest is only counted (60)
 * @param entriesPerSite of more the oldest are forgotten, those that name another account first (1,000)
 * @param size what all of them together may take of each instance's memory (64 MB)
 * @param keep how long (P7D)
 */
@ConfigurationProperties("casewire.ingest.quarantine")
record QuarantineProperties(
        @Nullable String key,
        @DefaultValue("casewire-spool/quarantine.key") Path keyFile,
        @DefaultValue("60") int perMinute,
        @DefaultValue("1000") int entriesPerSite,
        @DefaultValue("64MB") DataSize size,
        @DefaultValue("P7D") Duration keep) {

    private static final int SHORTEST_KEY = 32;

    QuarantineProperties {
        if (key != null && key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("casewire.ingest.quarantine.key must have at least 32 characters");
        }
    }
}
