package org.casewire.outbound.quickentry;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of quick entries.
 *
 * @param maxLength characters an entry may have, its placeholders as they are written
 */
@ConfigurationProperties("casewire.quick-entries")
record QuickEntryProperties(@DefaultValue("160") int maxLength) {

    QuickEntryProperties {
        if (maxLength < 1) {
            throw new IllegalArgumentException("casewire.quick-entries.max-length must be at least 1");
        }
    }
}
