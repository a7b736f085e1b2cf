package org.casewire.notification.mail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who writes e-mails, to whom, and how often. The mail server itself is {@code spring.mail.*}.
 *
 * @param from the address they come from; without one none is sent
 * @param operator who is told of dead letters that no site is told of
 * @param unassignedLink where a site's unassigned texts are looked at; {@code {site}} is the site
 * @param digestAfter how long after an e-mail the next one of its kind leaves, with all that came meanwhile
 * @param firstRetry how long after a failure it is tried again; doubled with every further one
 * @param longestRetry the longest of these pauses
 * @param refusedRetry how long after the server refused the address, unless the address is changed before
 * @param lease after how long another instance takes over an e-mail whose sender died
 * @param keep how long is tried, and how long is remembered what was told
 * @param poll how often is looked for something to send
 */
@ConfigurationProperties("casewire.mail")
record MailProperties(
        @Nullable String from,
        @Nullable String operator,
        @Nullable String unassignedLink,
        @DefaultValue("15m") Duration digestAfter,
        @DefaultValue("5s") Duration firstRetry,
        @DefaultValue("1m") Duration longestRetry,
        @DefaultValue("1h") Duration refusedRetry,
        @DefaultValue("5m") Duration lease,
        @DefaultValue("7d") Duration keep,
        @DefaultValue("1s") Duration poll) {

    private static final int MOST_DOUBLINGS = 20;

    /** The pause after that many failures in a row. */
    Duration pauseAfter(int failures) {
        Duration doubled = firstRetry.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return doubled.compareTo(longestRetry) < 0 ? doubled : longestRetry;
    }
}
