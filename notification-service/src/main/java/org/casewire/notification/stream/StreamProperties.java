package org.casewire.notification.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How open streams are kept.
 *
 * @param heartbeat after how long a quiet stream says that it still lives
 * @param buffer how many events may wait for a slow reader before its stream is ended
 */
@ConfigurationProperties("casewire.alert-stream")
record StreamProperties(
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("256") int buffer) {}
