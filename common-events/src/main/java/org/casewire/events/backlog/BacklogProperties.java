package org.casewire.events.backlog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How closely what waits is watched.
 *
 * @param poll how often it is counted
 */
@ConfigurationProperties("casewire.backlog")
record BacklogProperties(@DefaultValue("15s") Duration poll) {}
