package org.casewire.events.transport;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How topics are made that the operator has not made.
 *
 * @param partitions of every topic; conversation topics must all have the same number (12)
 * @param replicationFactor unset takes the broker's default
 */
@ConfigurationProperties("casewire.topics")
record TopicProperties(@DefaultValue("12") int partitions, Optional<Short> replicationFactor) {
    TopicProperties {
        replicationFactor = replicationFactor == null ? Optional.empty() : replicationFactor;
    }
}
