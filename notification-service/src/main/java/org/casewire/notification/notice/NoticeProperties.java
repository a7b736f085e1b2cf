package org.casewire.notification.notice;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notices leave.
 *
 * @param digestAbove how many notices one number gets one by one within a window; from the batch that goes beyond it on, they become one text
 * @param digestWindow how long a window is
 * @param usefulFor how long after it was reported a notice is of use
 * @param lateUsefulFor the same of somebody being late
 * @param poll how often is looked for windows that closed
 */
@ConfigurationProperties("casewire.notices")
record NoticeProperties(
        @DefaultValue("10") int digestAbove,
        @DefaultValue("1m") Duration digestWindow,
        @DefaultValue("24h") Duration usefulFor,
        @DefaultValue("2h") Duration lateUsefulFor,
        @DefaultValue("500ms") Duration poll) {}
