package org.casewire.ingest.sweep;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How thoroughly and how fast Twilio is asked for what it holds.
 *
 * @param interval between two looks at a number (PT5M)
 * @param askedInterval the same while a sweep is open that an operator asked for (PT30S)
 * @param overlap how much of what was looked at is looked at again, since a text may enter Twilio's list late (PT1H)
 * @param settle how old a text must be to be missing: a webhook and its fallback may take 30 s (PT45S)
 * @param firstLookBack how far back the first look at a number goes (PT1H)
 * @param slice how much is asked for at once; the mark moves on after each (P1D)
 * @param pageSize texts in a page, 1 to 1,000 (1,000)
 * @param requestsPerMinute to one account, by all instances together (120)
 * @param backOff after a 429 or a failure, doubled each time (PT1S)
 * @param topic where the marks are kept; the name is the consumer group's too
 * @param connectTimeout until a connection to Twilio stands
 * @param timeout until Twilio has answered
 */
@ConfigurationProperties("casewire.ingest.sweep")
record SweepProperties(
        @DefaultValue("PT5M") Duration interval,
        @DefaultValue("PT30S") Duration askedInterval,
        @DefaultValue("PT1H") Duration overlap,
        @DefaultValue("PT45S") Duration settle,
        @DefaultValue("PT1H") Duration firstLookBack,
        @DefaultValue("P1D") Duration slice,
        @DefaultValue("1000") int pageSize,
        @DefaultValue("120") int requestsPerMinute,
        @DefaultValue("PT1S") Duration backOff,
        @DefaultValue("sms.sweeps") String topic,
        @DefaultValue("PT5S") Duration connectTimeout,
        @DefaultValue("PT20S") Duration timeout) {

    SweepProperties {
        require(interval.isPositive(), "interval must be above 0");
        require(askedInterval.isPositive(), "asked-interval must be above 0");
        require(!overlap.isNegative(), "overlap must not be negative");
        require(!settle.isNegative(), "settle must not be negative");
        require(!firstLookBack.isNegative(), "first-look-back must not be negative");
        require(slice.compareTo(Duration.ofMinutes(1)) >= 0, "slice must be at least PT1M");
        require(pageSize >= 1 && pageSize <= 1_000, "page-size must be 1 to 1000");
        require(requestsPerMinute >= 1, "requests-per-minute must be at least 1");
        require(backOff.isPositive(), "back-off must be above 0");
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException("casewire.ingest.sweep." + otherwise);
        }
    }
}
