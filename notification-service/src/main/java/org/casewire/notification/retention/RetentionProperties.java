package org.casewire.notification.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long is kept what is over. Longer than the log is read again from: what is forgotten would be news.
 *
 * @param every how often is looked for what is old
 * @param batch how many rows go in one transaction
 * @param alerts dismissed alerts, and texts that have none any more
 * @param answers who was answered when, but for each person's last answer
 * @param activities which activities were reported
 * @param gone cases and entries that the upstream deleted
 */
@ConfigurationProperties("casewire.retention")
public record RetentionProperties(
        @DefaultValue("10m") Duration every,
        @DefaultValue("1000") int batch,
        @DefaultValue("90d") Duration alerts,
        @DefaultValue("90d") Duration answers,
        @DefaultValue("30d") Duration activities,
        @DefaultValue("90d") Duration gone) {}
