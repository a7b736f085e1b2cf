package org.casewire.notification.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How open streams are kept.
 *
 * @param heartbeat after how long a quiet stream says that it still lives
 * @param look how often is looked whether assignments changed what those with open pages see
 * @param recent how many events an instance keeps for pages that come back; one that missed more loads the list
 * @param buffer how many events may wait for a slow reader before its stream is ended
 */
@ConfigurationProperties("casewire.alert-stream")
record StreamProperties(
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("500ms") Duration look,
        @DefaultValue("10000") int recent,
        @DefaultValue("256") int buffer) {}
